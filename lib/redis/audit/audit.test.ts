import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { subjectOf } from "../../subjects";
import { testRedis } from "../../testing/redis";
import { auditMacKey } from "../audit-chain/canonical";
import { auditChain } from "../audit-chain/chain";
import type { AuditDraft } from "../audit-chain/entry";
import { draft, SECRET } from "../audit-chain/test-kit";
import { verifyChain } from "../audit-chain/verify";
import { consoleKeys } from "../console-keys";
import { createOperator } from "../sign-in/operators";
import { Store } from "../store/store";
import { chainWatch } from "./chain-state";
import { ENTRIES_HEADER, exportEntries, planExport } from "./export";
import { listEntries } from "./list-entries";
import { type AuditRow, listEntriesInput } from "./schema";

const redis = testRedis({ queryEngine: false });
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(async () => {
  store.close();
  await redis.flush();
  // A store of its own for each test: its chain and its checks begin anew.
  store = new Store(redis.url());
});
afterAll(() => store.close());

const list = (input: object = {}, ownOnly: string | null = null) =>
  listEntries(store, listEntriesInput.parse(input), ownOnly);
const append = (some: Partial<AuditDraft>) => auditChain(store).append(draft(some));
const appendMany = (count: number, some: (at: number) => Partial<AuditDraft>) =>
  Promise.all(Array.from({ length: count }, (_, at) => append({ requestId: `r${at}`, ...some(at) })));
const seqs = ({ rows }: { rows: { seq: number }[] }) => rows.map(({ seq }) => seq);

test("an empty log is empty", async () => {
  expect(await list()).toEqual({ rows: [], scope: "all", nextBefore: null, searchedTo: null, kept: null });
  expect(await chainWatch(store).look()).toMatchObject({ verdict: "intact", entries: 0, head: null });
  await expect(planExport(store)).rejects.toMatchObject({ code: "not_found" });
});

test("pages lead from the newest to the oldest, each entry once, also when entries come meanwhile", async () => {
  await appendMany(120, () => ({}));
  const first = await list();
  expect([first.rows.length, first.rows[0]!.seq, first.nextBefore]).toEqual([50, 120, 71]);
  await appendMany(5, () => ({}));
  const second = await list({ before: first.nextBefore! });
  const third = await list({ before: second.nextBefore! });
  expect([...seqs(first), ...seqs(second), ...seqs(third)]).toEqual(
    Array.from({ length: 120 }, (_, at) => 120 - at),
  );
  expect(third.nextBefore).toBeNull();
});

test("own entries alone, whatever the filter says", async () => {
  await appendMany(10, (at) => ({ operator: at % 2 ? "op-1" : "op-2" }));
  const own = await list({}, "op-2");
  expect([own.scope, own.rows.length]).toEqual(["own", 5]);
  expect(own.rows.every((row) => (row as AuditRow).operator === "op-2")).toBe(true);
  expect((await list({ operator: "op-1" }, "op-2")).rows).toEqual([]);
});

test("filters: operator, action, outcome, one subject", async () => {
  const subject = subjectOf(Buffer.from("alice"));
  await append({ operator: "op-1", action: "sessions.trim", outcome: "ok", subject });
  await append({
    operator: "op-2",
    action: "sessions.trim",
    outcome: "refused",
    subject: subjectOf(Buffer.from("bob")),
  });
  await append({ operator: "op-2", action: "erasure.start", outcome: "ok" });
  expect(seqs(await list({ operator: "op-2" }))).toEqual([3, 2]);
  expect(seqs(await list({ action: "sessions.trim", outcome: "ok" }))).toEqual([1]);
  const [row] = (await list({ subject })).rows as AuditRow[];
  expect(row).toMatchObject({ seq: 1, pseudonym: expect.stringMatching(/^person-\w{6}$/), wrong: null });
});

test("a time is found by halving, its last minute included", async () => {
  await appendMany(30, () => ({}));
  const minute = (ms: number) => new Date(ms).toISOString().slice(0, 16);
  const now = Date.now();
  expect((await list({ from: minute(now), to: minute(now) })).rows.length).toBe(30);
  expect((await list({ to: minute(now - 120_000) })).rows).toEqual([]);
  expect((await list({ from: minute(now + 120_000) })).rows).toEqual([]);
  expect(listEntriesInput.safeParse({ from: "2026-02-31T10:00" }).success).toBe(false);
});

test("a filter that matches little searches a bounded way back and says how far", async () => {
  await append({ action: "rare" });
  await appendMany(5_400, () => ({}));
  const first = await list({ action: "rare" });
  expect(first.rows).toEqual([]);
  expect(first.searchedTo!.seq).toBe(first.nextBefore);
  const second = await list({ action: "rare", before: first.nextBefore! });
  expect([seqs(second), second.nextBefore, second.searchedTo]).toEqual([[1], null, null]);
});

test("an intent says how it ended, on whichever page the outcome is; without one it is unknown", async () => {
  await append({ requestId: "a", outcome: "intent" });
  await append({ requestId: "b", outcome: "intent" });
  await append({ requestId: "a", outcome: "failed" });
  const ends = async (before?: number) =>
    ((await list({ before })).rows as AuditRow[])
      .filter(({ outcome }) => outcome === "intent")
      .map(({ requestId, ending }) => [requestId, ending?.outcome ?? null]);
  expect(await ends()).toEqual([
    ["b", null],
    ["a", "failed"],
  ]);
  expect(await ends(2)).toEqual([["a", "failed"]]);
});

test("operators have their names, others none", async () => {
  const { id } = await createOperator(store, { name: "Ada", role: "admin", password: null, via: "demo" });
  await append({ operator: id });
  await append({ operator: "anonymous", role: "none" });
  expect((await list()).rows.map((row) => (row as AuditRow).operatorName)).toEqual([null, "Ada"]);
});

test("what somebody did to an entry shows in its row, and in the state with its sequence", async () => {
  await appendMany(9, () => ({}));
  const key = consoleKeys.auditEntries();
  const [[, [, line]]] = (await store.command("XRANGE", key, "9-0", "9-0")) as never as [
    [Buffer, [Buffer, Buffer]],
  ];
  await store.command("XDEL", key, "4-0");
  await store.command("XTRIM", key, "MAXLEN", "=", 4);
  expect((await chainWatch(store).look()).problems).toEqual([
    { seq: 1, to: 5, kind: "dropped", note: expect.any(String) },
  ]);
  await store.command("XDEL", key, "9-0");
  await store.command("XADD", key, "9-1", "entry", line.toString().replace('"ok"', '"failed"'));
  expect(await chainWatch(store).look(true)).toMatchObject({
    verdict: "broken",
    message: expect.stringContaining("head does not fit"),
  });
});

test("an edited entry is marked in its row", async () => {
  await appendMany(3, () => ({}));
  const key = consoleKeys.auditEntries();
  const lines = (await store.command("XRANGE", key, "-", "+")) as [Buffer, [Buffer, Buffer]][];
  await store.command("DEL", key);
  for (const [at, [id, [field, line]]] of lines.entries()) {
    const text = at === 1 ? line.toString().replace("sessions.trim", "sessions.look") : line;
    await store.command("XADD", key, id, field, at === 0 ? "{}" : text);
  }
  const [last, edited, broken] = (await list()).rows;
  expect([last, edited]).toMatchObject([{ wrong: null }, { wrong: expect.stringContaining("hash") }]);
  expect(broken).toEqual({ seq: 1, broken: true });
  expect((await list({}, "op-1")).rows).toHaveLength(2);
  const state = await chainWatch(store).look();
  expect(state.problems.map(({ seq, kind }) => `${kind} ${seq}`)).toEqual(["not-an-entry 1", "edited 2"]);
});

test("the state counts up while it checks, and others have their turns in between", async () => {
  await appendMany(6_000, () => ({ reason: "x".repeat(200) }));
  const watch = chainWatch(store);
  let turns = 0;
  let ticker = setImmediate(function tick() {
    turns += 1;
    ticker = setImmediate(tick);
  });
  let state = await watch.look();
  for (let tries = 0; state.verdict === "unchecked" && tries < 500; tries++) {
    expect(state.running?.seen ?? 0).toBeLessThanOrEqual(state.running?.total ?? 0);
    await new Promise((done) => setTimeout(done, 10));
    state = await watch.look();
  }
  clearImmediate(ticker);
  expect(state).toMatchObject({ verdict: "intact", entries: 6_000, problems: [], running: null });
  expect(turns).toBeGreaterThan(6_000 / 150);
});

test("an export is the log line for line, and verifies against the plan", async () => {
  await appendMany(1_300, () => ({}));
  const plan = await planExport(store);
  await appendMany(3, () => ({}));
  const response = await exportEntries(store, plan.head.seq);
  expect(response.headers.get(ENTRIES_HEADER)).toBe("1300");
  expect(response.headers.get("Content-Disposition")).toBe(`attachment; filename="${plan.fileName}"`);
  const lines = (await response.text()).trimEnd().split("\n");
  const report = await verifyChain(lines, { macKey: auditMacKey(SECRET), head: plan.head });
  expect(report).toMatchObject({ entries: 1_300, problems: [] });
});

test("a Redis that is away is no broken chain", async () => {
  const away = new Store("redis://127.0.0.1:1");
  expect(await chainWatch(away).look()).toMatchObject({
    verdict: expect.stringMatching(/unchecked|unreadable/),
  });
  away.close();
});
