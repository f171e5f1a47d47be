import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { embedder, embedOne } from "../../embeddings/embedder";
import { toFloat32LE } from "../../embeddings/vector";
import { testRedis } from "../../testing/redis";
import { forgetEverybody } from "../keyspace/kept-of-person";
import { Store } from "../store/store";
import { run } from "./test-kit";
import { searchVectorSets } from "./vector-sets";

// Vector sets are Redis's own: the Query Engine has no part in them.
const redis = testRedis({ queryEngine: false });
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flush();
  forgetEverybody(store);
});

const add = async (key: string, text: string, attributes?: object) =>
  run(store, [
    ...["VADD", key, "FP32", toFloat32LE(await embedOne(text)), text, "NOQUANT"],
    ...(attributes ? ["SETATTR", JSON.stringify(attributes)] : []),
  ]);
const ask = (changes: { query?: string; vector?: string | null; userId?: Buffer; k?: number }) =>
  searchVectorSets(store, embedder(), {
    userId: Buffer.from("alice"),
    query: "meetings",
    vector: null,
    byteOrder: "little",
    k: 3,
    ...changes,
  });

test("a person's set is found, searched by meaning, and its command runs", async () => {
  await add("user:alice:facts", "prefers morning appointments before 10 AM", { user_id: "alice" });
  await add("user:alice:facts", "allergic to shellfish and nuts");
  const { supported, sets, more } = await ask({});
  expect({ supported, more }).toEqual({ supported: true, more: 0 });
  expect(sets).toMatchObject([
    { name: "facts", elements: 2, dimensions: 512, quantisation: "f32", foreignHits: 0 },
  ]);
  const [first, second] = sets[0]!.hits!;
  expect(first).toMatchObject({
    element: "prefers morning appointments before 10 AM",
    attributes: '{"user_id":"alice"}',
  });
  expect(second?.attributes).toBeNull();
  expect(first!.distance).toBeLessThan(second!.distance);
  expect(sets[0]!.commands[0]!.text).toMatch(/^VSIM user:alice:facts FP32 "\\x.*" WITHSCORES COUNT 3$/);
});

test("the distance is the cosine's", async () => {
  await run(store, ["VADD", "user:alice:facts", "VALUES", 3, 1, 0, 0, "same", "NOQUANT"]);
  await run(store, ["VADD", "user:alice:facts", "VALUES", 3, 0, 1, 0, "across", "NOQUANT"]);
  await run(store, ["VADD", "user:alice:facts", "VALUES", 3, -1, 0, 0, "opposite", "NOQUANT"]);
  const { sets } = await ask({ vector: "2 0 0" });
  const distances = sets[0]!.hits!.map(({ element, distance }) => [
    element,
    Math.round(distance * 1e6) / 1e6,
  ]);
  expect(distances).toEqual([
    ["same", 0],
    ["across", 1],
    ["opposite", 2],
  ]);
});

test("a set of another dimension is shown and says that it needs another vector", async () => {
  await run(store, ["VADD", "user:alice:facts", "VALUES", 3, 1, 2, 3, "one"]);
  expect((await ask({})).sets).toMatchObject([{ dimensions: 3, quantisation: "int8", hits: null }]);
  await expect(ask({ vector: "1 2" })).rejects.toMatchObject({ code: "dimension_mismatch" });
});

test("other people's sets and elements are not shown", async () => {
  for (const key of ["user:Alice:facts", "user:alice:admin:facts", "user:al:facts", "user:alice,b:facts"]) {
    await add(key, "meetings at noon");
  }
  expect((await ask({})).sets).toEqual([]);
  // Nobody tells this store of changes: a walk is believed for a while.
  forgetEverybody(store);
  await add("user:alice:shared", "meetings of bob", { user_id: "bob" });
  await add("user:alice:shared", "meetings of alice", { user_id: "alice" });
  const [shared] = (await ask({})).sets;
  expect(shared?.hits?.map(({ element }) => element)).toEqual(["meetings of alice"]);
  expect(shared?.foreignHits).toBe(1);
  forgetEverybody(store);
  const admin = await ask({ userId: Buffer.from("alice:admin") });
  expect(admin.sets.map(({ name }) => name)).toEqual(["facts"]);
});

test("without any", async () => {
  expect(await ask({})).toEqual({ supported: true, sets: [], more: 0 });
});
