import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { auditMacKey, GENESIS, hashOf, isMac } from "./canonical";
import { auditChain } from "./chain";
import { allEntries, draft, SECRET } from "./test-kit";
import { ChainWriter } from "./writer";

const redis = testRedis({ queryEngine: false });
const stores: Store[] = [];
const open = () => {
  stores.push(new Store(redis.url()));
  return stores.at(-1)!;
};
let store: Store;

beforeAll(() => {
  store = open();
});
beforeEach(() => redis.flush());
afterAll(() => {
  for (const one of stores) one.close();
});

test("entries are numbered, linked, hashed and MACed", async () => {
  const chain = new ChainWriter(store, { secret: SECRET });
  const first = await chain.append(draft({ action: "one" }));
  const second = await chain.append(draft({ action: "two" }));
  expect([first.seq, second.seq, first.prev, second.prev]).toEqual([1, 2, GENESIS, first.hash]);
  expect(hashOf(second)).toBe(second.hash);
  expect(isMac(second.mac, second.hash, auditMacKey(SECRET))).toBe(true);
  expect(await allEntries(store)).toEqual([first, second]);
});

test("a hundred writers at once over ten processes make one chain without gaps, each entry once", async () => {
  const writers = Array.from({ length: 10 }, () => new ChainWriter(open(), { secret: SECRET }));
  const written = await Promise.all(
    Array.from({ length: 100 }, (_, at) => writers[at % 10]!.append(draft({ requestId: `r${at}` }))),
  );
  const entries = await allEntries(store);
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
  entries.forEach((entry, at) => {
    expect(entry.prev).toBe(at === 0 ? GENESIS : entries[at - 1]!.hash);
    expect(entry.timeMs).toBeGreaterThanOrEqual(entries[at - 1]?.timeMs ?? 0);
  });
  expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(100);
  expect([...written].sort((a, b) => a.seq - b.seq)).toEqual(entries);
});

test("one store has one chain", () => {
  expect(auditChain(store)).toBe(auditChain(store));
});

test.each([
  ["the head is missing", ["DEL", consoleKeys.auditHead()]],
  ["the stream is missing", ["DEL", consoleKeys.auditEntries()]],
  ["the last entry is missing", ["XDEL", consoleKeys.auditEntries(), "3-0"]],
  ["the head is invented", ["SET", consoleKeys.auditHead(), `9:1:${"a".repeat(64)}:${"b".repeat(64)}`]],
  ["an entry was put behind the head", ["XADD", consoleKeys.auditEntries(), "4-0", "entry", "{}"]],
] as const)("no new chain begins in silence: %s", async (_, command) => {
  const chain = new ChainWriter(store, { secret: SECRET });
  for (let at = 0; at < 3; at++) await chain.append(draft());
  await store.command(...(command as Command));
  for (const writer of [chain, new ChainWriter(store, { secret: SECRET })]) {
    await expect(writer.append(draft())).rejects.toMatchObject({ code: "audit_unavailable" });
  }
});

test("a store that lost what it acknowledged gets a chain that says so", async () => {
  const chain = new ChainWriter(store, { secret: SECRET });
  const before = await chain.append(draft());
  await redis.flush();
  await chain.append(draft({ action: "after" }));
  const entries = await allEntries(store);
  expect(entries.map(({ action }) => action)).toEqual(["audit.lost", "after"]);
  expect(entries.find(({ action }) => action === "audit.lost")?.reason).toContain(before.hash);
});

test("another secret does not go on with the chain", async () => {
  await new ChainWriter(store, { secret: SECRET }).append(draft());
  const other = new ChainWriter(store, { secret: `${SECRET}-another` });
  await expect(other.append(draft())).rejects.toMatchObject({ code: "audit_unavailable" });
});
