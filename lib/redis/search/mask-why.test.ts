import { afterAll, beforeAll, expect, test } from "vitest";
import { embedder, embedOne } from "../../embeddings/embedder";
import { toFloat32LE } from "../../embeddings/vector";
import { MASK } from "../../masking";
import { CANARY, CANARY_ID, CANARY_REF, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import type { SearchQuestion } from "../recall/question";
import { createIndex, indexed, question, run, writeMemory } from "../recall/test-kit";
import { searchVectorSets } from "../recall/vector-sets";
import { whyNotFound } from "../recall/why-not-found";
import { Store } from "../store/store";
import { maskVectorSets, maskWhy } from "./mask-why";

const redis = testRedis();
let store: Store;
beforeAll(async () => {
  store = new Store(redis.url());
  const vector = await embedOne(CANARY.memory);
  await writeMemory(store, CANARY_ID, "kestrel-notes:7654321", CANARY.memory, vector, {
    importance: 7_654_321,
    timestamp: 17_076_543_210,
    embedding_model: CANARY.value,
  });
  for (let at = 0; at < 8; at += 1) {
    await writeMemory(store, CANARY_ID, `pref:${at}`, `likes tea ${at}`, await embedOne(`likes tea ${at}`));
  }
  await run(store, ["VADD", `user:${CANARY.id}:facts`, "FP32", toFloat32LE(vector), CANARY.memory]);
  await run(store, ["VSETATTR", `user:${CANARY.id}:facts`, CANARY.memory, JSON.stringify({ of: CANARY.id })]);
  await createIndex(store, { dimensions: 512 });
  await indexed(store);
});
afterAll(() => store.close());

const why = (asked: Partial<SearchQuestion>) =>
  whyNotFound(store, store, null, question({ userId: CANARY_ID, ...asked }), {
    userId: CANARY_ID,
    category: Buffer.from("kestrel-notes"),
    number: Buffer.from("7654321"),
  });

test.each([
  ["filters", { query: "tea", maxImportance: 10, until: 1, category: "pref" }],
  ["words", { query: `tea ${CANARY.value}`, mode: "text" as const, category: "pref" }],
  ["a word inside of another", { query: "inoazole", mode: "text" as const }],
  ["a place further down", { query: "likes tea", k: 1 }],
  ["a distance", { query: "likes tea", mode: "vector" as const, maxDistance: 0.1 }],
  ["only stop-words", { query: "the was", mode: "text" as const }],
  ["a hit", { query: CANARY.memory, k: 20 }],
])("masked, an explanation by %s holds no trace and keeps its form", async (_what, asked) => {
  const answer = await why(asked);
  expect(leaks(answer)).not.toEqual([]);
  const masked = maskWhy(answer, hidesAll, {});
  expect(leaks(masked)).toEqual([]);
  expect(masked.reasons.map(({ kind }) => kind)).toEqual(answer.reasons.map(({ kind }) => kind));
  expect([...masked.needed, ...masked.anyOf].map(({ kind }) => kind)).toEqual(
    [...answer.needed, ...answer.anyOf].map(({ kind }) => kind),
  );
  expect(masked.masked).toBe(true);
});

test("a word that would find it is a word of the memory, and another model's name may be anything", async () => {
  const masked = maskWhy(await why({ query: "likes tea", k: 7 }), hidesAll, {});
  expect(masked.anyOf.find(({ kind }) => kind === "word")).toEqual({ kind: "word", word: MASK });
  expect(masked.reasons.find(({ kind }) => kind === "other-model")).toMatchObject({ model: MASK });
});

test("a pasted vector is refused", async () => {
  const answer = await why({ query: "likes tea" });
  const refused = expect.objectContaining({ code: "forbidden" });
  expect(() => maskWhy(answer, hidesAll, { vector: "1 2" })).toThrow(refused);
  const sets = { supported: true, sets: [], more: 0 };
  expect(() => maskVectorSets(sets, hidesAll, { userRef: CANARY_REF, vector: "1 2" })).toThrow(refused);
});

test("vector sets: elements, attributes, names and commands are hidden", async () => {
  const found = await searchVectorSets(store, embedder(), {
    ...question({ query: "tea" }),
    userId: CANARY_ID,
  });
  expect(found.sets[0]?.hits).toHaveLength(1);
  expect(leaks(found)).not.toEqual([]);
  const masked = maskVectorSets(found, hidesAll, { userRef: CANARY_REF });
  expect(leaks(masked)).toEqual([]);
  expect(masked.sets[0]).toMatchObject({ elements: 1, dimensions: 512, hits: [{ masked: true }] });
});
