import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { embedOne } from "../../embeddings/embedder";
import { testRedis } from "../../testing/redis";
import { forgetPerson } from "../keyspace/kept-of-person";
import { Store } from "../store/store";
import { search, writeAlice, writeMemory } from "./test-kit";

const redis = testRedis({ queryEngine: false });
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flush();
  forgetPerson(store, Buffer.from("alice"));
});

test.each(["vector", "hybrid"] as const)(
  "without the Query Engine “meetings” is found as well (%s)",
  async (mode) => {
    await writeAlice(store, true);
    const result = await search(store, { query: "meetings", mode });
    expect(result).toMatchObject({
      basis: "exact-scan",
      basisReason: "no-engine",
      index: null,
      incomplete: false,
    });
    expect(result.hits[0]?.content).toBe("prefers morning appointments before 10 AM");
    expect(result.hits.map(({ vectorRank }) => vectorRank)).toEqual([1, 2, 3, 4, 5]);
    expect(result.commands.map(({ purpose }) => purpose)).toEqual(["scan", "fetch"]);
    expect(result.commands[0]?.text).toBe("SCAN 0 MATCH user:alice:* COUNT 1000");
  },
);

test("filters, words and the tutorial's own vectors", async () => {
  await writeAlice(store);
  const vector =
    "\\x40\\x00\\x00\\x00\\x40\\x20\\x00\\x00\\x3f\\x80\\x00\\x00\\x40\\x40\\x00\\x00\\x40\\x60\\x00\\x00\\x3f\\x40\\x00\\x00\\x40\\x80\\x00\\x00\\x3f\\x00\\x00\\x00";
  const near = await search(store, { vector });
  expect(near.hits[0]).toMatchObject({ content: "allergic to shellfish and nuts", vectorRank: 1 });
  expect(near.hits[0]!.distance).toBeCloseTo(0, 5);
  expect(
    (await search(store, { vector, minImportance: 8, k: 3 })).hits.map(({ importance }) => importance),
  ).toEqual([10, 8, 9]);
  const words = await search(store, { query: "What about nuts and Fridays?", mode: "text" });
  expect(words.hits.map(({ textRank }) => textRank)).toEqual([1, 2]);
  expect((await search(store, { query: "nuts", mode: "text", category: "pref" })).hits).toEqual([]);
  expect((await search(store, { query: "nuts", mode: "text", since: 1717935001 })).hits).toEqual([]);
});

test("vectors of another length, odd memories and twins", async () => {
  await writeAlice(store);
  await writeMemory(store, "alice", "pref:512", "meetings at dawn", await embedOne("meetings at dawn"));
  await writeMemory(store, "alice:admin", "pref:1", "meetings", await embedOne("meetings"));
  await writeMemory(store, "Alice", "pref:1", "meetings", await embedOne("meetings"));
  await writeMemory(store, "alice", "pref:bad", "bad", Buffer.from("abc"));
  await writeMemory(store, "alice", "pref:nan", "nan", Buffer.alloc(2048, 0xff));
  const result = await search(store, { query: "meetings" });
  expect(result.hits.map(({ number }) => number)).toEqual(["512"]);
  expect(result.notices).toEqual([
    { kind: "other-lengths", count: 7 },
    { kind: "unmeasured", count: 1 },
  ]);
});

test("everyone needs the engine", async () => {
  await expect(search(store, { userId: null, query: "meetings" })).rejects.toMatchObject({
    code: "no_query_engine",
  });
});
