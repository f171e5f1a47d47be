import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { embedOne } from "../../embeddings/embedder";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { createIndex, indexed, run, search, writeAlice, writeMemory } from "./test-kit";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flush();
});

test("Alice's memories are not shown for alice, and do not take her places", async () => {
  await writeAlice(store, true);
  await createIndex(store, { dimensions: 512 });
  const vector = await embedOne("meetings");
  for (let at = 1; at <= 8; at += 1) await writeMemory(store, "Alice", `pref:${at}`, "meetings", vector);
  const result = await search(store, { query: "meetings" });
  expect(result.foreignHits).toBeGreaterThanOrEqual(5);
  expect(result.hits).toHaveLength(5);
  expect(new Set(result.hits.map(({ userLabel }) => userLabel))).toEqual(new Set(["alice"]));
  expect(result.hits[0]?.content).toBe("prefers morning appointments before 10 AM");
});

test("a memory whose user_id names somebody else is nobody's hit", async () => {
  await createIndex(store, { dimensions: 512 });
  const vector = await embedOne("meetings");
  await writeMemory(store, "alice", "pref:1", "meetings", vector);
  await run(store, ["HSET", "user:alice:pref:1", "user_id", "mallory"]);
  await indexed(store);
  expect(await search(store, { query: "meetings" })).toMatchObject({ hits: [] });
  const mallory = await search(store, { userId: Buffer.from("mallory"), query: "meetings" });
  expect(mallory).toMatchObject({ hits: [], disputedHits: 1 });
  expect(await search(store, { userId: null, query: "meetings" })).toMatchObject({
    hits: [],
    disputedHits: 1,
  });
});

test("an id with the index's separator is compared one by one, and stays its own", async () => {
  await createIndex(store, { dimensions: 512 });
  await writeMemory(store, "bob,alice", "pref:1", "shared meetings", await embedOne("shared meetings"));
  const result = await search(store, { userId: Buffer.from("bob,alice"), query: "meetings" });
  expect(result).toMatchObject({ basis: "exact-scan", basisReason: "id-not-expressible" });
  expect(result.hits.map(({ textRank, vectorRank }) => [textRank, vectorRank])).toEqual([[1, 1]]);
  // The index has it under `alice` too, in pieces.
  expect(await search(store, { query: "meetings" })).toMatchObject({ hits: [], foreignHits: 1 });
});
