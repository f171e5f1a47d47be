import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sealRef } from "../../refs";
import { subjectOf } from "../../subjects";
import { testRedis } from "../../testing/redis";
import { allEntries } from "../audit-chain/test-kit";
import { consoleKeys } from "../console-keys";
import { readJob } from "../jobs/job-state";
import { cancelJob, startJob } from "../jobs/run-job";
import { jobContext, until } from "../jobs/test-kit";
import { forgetEverybody } from "../keyspace/kept-of-person";
import { toBuffers, toInt } from "../store/reply";
import { Store } from "../store/store";
import { BULK_KIND, type BulkInput, type BulkState, bulkJob } from "./bulk-job";
import { previewBulk } from "./bulk-preview";
import { type BulkScope, sealOrder } from "./bulk-scope";
import { readHistory } from "./history";
import { sealMemory } from "./memory-ref";
import { memory } from "./test-kit";
import type { BulkChange } from "./types";

const redis = testRedis();
let store: Store;
const userId = Buffer.from("alice");
const subject = subjectOf(userId);
const by = { id: "dora", name: "Dora" };
const numbered = (at: number) => String(at).padStart(3, "0");

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(async () => {
  await redis.flush();
  forgetEverybody(store);
  await store.pipeline([
    ...Array.from({ length: 160 }, (_, at) =>
      memory("alice", `pref:${numbered(at)}`, {
        importance: 1 + (at % 10),
        content: `fact ${at}`,
        note: "kept",
      }),
    ),
    ...Array.from({ length: 5 }, (_, at) => memory("alice", `work:${numbered(at + 1)}`)),
    memory("Alice", "pref:001", { importance: 1 }),
    memory("alice", "pref:disputed", { user_id: "Alice", importance: 1 }),
  ]);
});
afterAll(() => store.close());

const context = () => jobContext(store, { subject });
const orderOf = (scope: BulkScope, change: BulkChange): BulkInput => ({
  user: sealRef("user", userId),
  by,
  what: change.what,
  order: sealOrder(subject, { scope, change }),
});
async function run(scope: BulkScope, change: BulkChange) {
  const { finished } = await startJob(context(), bulkJob, { scope: subject, input: orderOf(scope, change) });
  return finished;
}
const keys = async (pattern: string) =>
  toBuffers(await store.command("KEYS", pattern))
    .map(String)
    .sort();
const refOf = (category: string, number: string) =>
  sealMemory({ category: Buffer.from(category), number: Buffer.from(number) });

describe("looked at first", () => {
  test("how many are meant, how many would be another, and some of them", async () => {
    const scope = { filter: { category: "pref", maxImportance: 3 } };
    const look = (change: BulkChange) => previewBulk(store, store, { userId, scope, change });
    const preview = await look({ what: "importance", importance: 3 });
    expect(preview).toMatchObject({ count: 48, changes: 32, refusal: null });
    expect(preview.examples.map(({ number }) => number)).toEqual(["000", "001", "010", "011", "020"]);
    expect(await look({ what: "delete" })).toMatchObject({ count: 48, changes: 48 });
    expect(await look({ what: "life", expireAtMs: null })).toMatchObject({
      count: 48,
      changes: 0,
      examples: [],
    });
    expect(await look({ what: "category", category: "work" })).toMatchObject({ changes: 48 });
    await expect(look({ what: "category", category: "history" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(look({ what: "life", expireAtMs: 1 })).rejects.toMatchObject({ code: "invalid_input" });
    const chosen = { memories: [refOf("pref", "001"), refOf("pref", "999"), refOf("pref", "disputed")] };
    expect(
      await previewBulk(store, store, { userId, scope: chosen, change: { what: "delete" } }),
    ).toMatchObject({
      count: 1,
    });
  });
});

describe("done", () => {
  test("the importance of what passes a filter, with a history each, and one entry in the log", async () => {
    const job = await run({ filter: { text: "FACT 1" } }, { what: "importance", importance: 10 });
    expect(job).toMatchObject({ status: "done", state: { done: 71, total: 71, changed: 64, left: 0 } });
    const values = await Promise.all(
      ["pref:001", "pref:100", "pref:002"].map((name) =>
        store.command("HMGET", `user:alice:${name}`, "importance", "note"),
      ),
    );
    expect(values.map((pair) => toBuffers(pair).map(String))).toEqual([
      ["10", "kept"],
      ["10", "kept"],
      ["3", "kept"],
    ]);
    const name = { category: Buffer.from("pref"), number: Buffer.from("001") };
    expect((await readHistory(store, { userId, memory: name, version: null })).entries).toMatchObject([
      { deed: "bulk", by: "Dora", changes: [{ what: "importance", before: "2", after: "10" }] },
    ]);
    const ends = (await allEntries(store)).filter(({ action }) => action === "memories.bulk-run");
    expect(ends).toEqual([expect.objectContaining({ outcome: "ok", counts: { memories: 64 }, subject })]);
    expect(String(await store.command("HGET", "user:Alice:pref:001", "importance"))).toBe("1");
  });

  test("the category: next free numbers in order, nothing lost, the history goes along", async () => {
    await run({ memories: [refOf("pref", "000")] }, { what: "importance", importance: 9 });
    const job = await run({ filter: { category: "pref" } }, { what: "category", category: "work" });
    expect(job).toMatchObject({ status: "done", state: { done: 160, changed: 160 } });
    expect(await keys("user:alice:pref:*")).toEqual(["user:alice:pref:disputed"]);
    const moved = await keys("user:alice:work:*");
    expect([moved.length, moved.at(5), moved.at(-1)]).toEqual([
      165,
      "user:alice:work:006",
      "user:alice:work:165",
    ]);
    expect(String(await store.command("HGET", "user:alice:work:006", "content"))).toBe("fact 0");
    const name = { category: Buffer.from("work"), number: Buffer.from("006") };
    const { entries } = await readHistory(store, { userId, memory: name, version: null });
    expect(entries.map(({ changes }) => changes[0]?.what)).toEqual(["category", "importance"]);
  });

  test("a life, and none again", async () => {
    const atMs = Date.now() + 3_600_000;
    await run({ filter: { category: "work" } }, { what: "life", expireAtMs: atMs });
    expect(toInt(await store.command("PEXPIRETIME", "user:alice:work:003"))).toBe(atMs);
    expect(toInt(await store.command("PTTL", "user:alice:pref:003"))).toBe(-1);
    const again = await run({ filter: {} }, { what: "life", expireAtMs: null });
    expect(again.state).toMatchObject({ total: 165, changed: 5 });
    expect(toInt(await store.command("PTTL", "user:alice:work:003"))).toBe(-1);
  });

  test("deleting takes what is meant and nothing else", async () => {
    const job = await run({ filter: { category: "pref", minImportance: 5 } }, { what: "delete" });
    expect(job.state).toMatchObject({ changed: 96, left: 0 });
    expect((await keys("user:alice:*")).length).toBe(165 - 96 + 1);
    expect((await keys("user:Alice:*")).length).toBe(1);
  });
});

describe("while others write", () => {
  const begin = (scope: BulkScope, change: BulkChange, state: BulkState | null = null) =>
    bulkJob.run(context(), orderOf(scope, change), state);
  async function finish(work: AsyncGenerator<BulkState, void, void>) {
    let last: BulkState | null = null;
    for await (const state of work) last = state;
    return last;
  }

  test("what does not pass any more, is gone or another's by then, is left alone", async () => {
    const work = begin(
      { filter: { category: "pref", maxImportance: 5 } },
      { what: "importance", importance: 1 },
    );
    expect((await work.next()).value).toMatchObject({ done: 0, total: 80 });
    await store.pipeline([
      ["HSET", "user:alice:pref:151", "importance", 9],
      ["HSET", "user:alice:pref:152", "user_id", "Alice"],
      ["DEL", "user:alice:pref:153"],
    ]);
    expect(await finish(work)).toMatchObject({ done: 80, changed: 61, left: 3 });
    expect(String(await store.command("HGET", "user:alice:pref:151", "importance"))).toBe("9");
    expect(String(await store.command("HGET", "user:alice:pref:152", "importance"))).toBe("3");
    expect(await store.command("EXISTS", "user:alice:pref:153")).toBe(0);
  });

  test("broken off it goes on where it was, and a step that is done twice does nothing twice", async () => {
    const scope = { filter: { category: "pref" } };
    const change = { what: "category", category: "work" } as const;
    const work = begin(scope, change);
    await work.next();
    const first = (await work.next()).value as BulkState;
    await work.next();
    // The second step was done and not written down.
    expect(first).toMatchObject({ done: 20, changed: 20 });
    expect(await finish(begin(scope, change, first))).toMatchObject({ done: 140, total: 140, left: 0 });
    expect(await keys("user:alice:pref:*")).toEqual(["user:alice:pref:disputed"]);
    expect(await keys("user:alice:work:*")).toHaveLength(165);
  });
});

test("what is to be done lies sealed in the console's state, and goes with the person's erasure", async () => {
  const scope = { filter: { category: "pref", text: "fact" } };
  const { finished } = await startJob(context(), bulkJob, {
    scope: subject,
    input: orderOf(scope, { what: "category", category: "finch" }),
  });
  const text = String(await store.command("HGET", consoleKeys.jobs(subject), BULK_KIND));
  expect(text).not.toMatch(/finch|fact|alice/);
  expect(text).toContain(BULK_KIND);
  await cancelJob(context(), subject, BULK_KIND).catch(() => {});
  await finished;
  await until(async () => (await readJob(store, subject, BULK_KIND))?.status !== "running");
});
