/** What a search leaves out is counted and said: vectors without a distance, and words inside of a sentence. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { toFloat32LE } from "../../embeddings/vector";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { createIndex, run, search, writeMemory } from "./test-kit";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(() => redis.flush());

const VECTOR = "1 2 3 4 5 6 7 8";
const sound = (at: number) => Float32Array.from({ length: 8 }, (_, part) => part + at);

async function writeOddVectors() {
  for (let at = 0; at < 6; at += 1) await writeMemory(store, "alice", `pref:${at}`, `tea ${at}`, sound(at));
  await writeMemory(store, "alice", "pref:nan", "tea", sound(1).fill(Number.NaN));
  await writeMemory(store, "alice", "pref:zero", "tea", Buffer.alloc(32));
  await writeMemory(
    store,
    "alice",
    "personal:inf",
    "tea",
    toFloat32LE(sound(1).fill(Number.POSITIVE_INFINITY)),
  );
  await writeMemory(store, "alice", "pref:bare", "tea", sound(1));
  await run(store, ["HDEL", "user:alice:pref:bare", "embedding"]);
  await writeMemory(store, "bob", "pref:nan", "tea", sound(1).fill(Number.NaN));
}

test("vectors without a distance are counted, once the list has ended", async () => {
  await writeOddVectors();
  await createIndex(store);
  const whole = await search(store, { vector: VECTOR, k: 50 });
  expect(whole.hits).toHaveLength(6);
  expect(whole.notices).toContainEqual({ kind: "unmeasured", count: 3 });
  expect(whole.commands.map(({ purpose }) => purpose)).toContain("left-out");
  const inPref = await search(store, { vector: VECTOR, k: 50, category: "pref" });
  expect(inPref.notices).toContainEqual({ kind: "unmeasured", count: 2 });
  const filtered = await search(store, { vector: VECTOR, k: 50, minImportance: 6 });
  expect(filtered.notices).toEqual([]);
  // Where five nearer ones were wanted and found, nobody is missing.
  expect((await search(store, { vector: VECTOR, k: 5 })).notices).toEqual([]);
  const words = await search(store, { query: "tea", mode: "text", k: 50 });
  expect(words.notices).toEqual([]);
  expect(words.hits).toHaveLength(10);
  const everyone = await search(store, { vector: VECTOR, k: 50, userId: null });
  expect(everyone.notices).toContainEqual({ kind: "unmeasured", count: 4 });
  // For everyone the engine brings them with the others, and in no order.
  const distances = everyone.hits.map(({ distance }) => distance!);
  expect(distances).toHaveLength(6);
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
  const few = await search(store, { vector: VECTOR, k: 3, userId: null });
  expect(few.hits.every(({ distance }) => distance !== null)).toBe(true);
});

test("compared one by one they are counted as well", async () => {
  await writeOddVectors();
  const { notices, basis } = await search(store, { vector: VECTOR, k: 50 });
  expect(basis).toBe("exact-scan");
  expect(notices).toEqual([{ kind: "unmeasured", count: 3 }]);
});

test.each(["mütter", "Mütter", "MÜTTER"])("%s is found however it is written", async (query) => {
  await writeMemory(store, "alice", "pref:1", "Die MÜTTER trinken", sound(1));
  await writeMemory(store, "alice", "pref:2", "die Mütter schlafen", sound(1));
  await createIndex(store);
  const { hits, basis } = await search(store, { query, mode: "text" });
  expect(basis).toBe("index");
  expect(hits.map(({ number }) => number).sort()).toEqual(["1", "2"]);
  expect(hits.every(({ matches }) => matches.length === 1)).toBe(true);
});

test.each([
  ["咖啡", "我喜欢日本茶和咖啡"],
  ["コーヒー", "朝はコーヒーが好き"],
  ["กาแฟ", "ฉันชอบกาแฟตอนเช้า"],
])("%s is found inside of a sentence of one person's, and the page says how", async (query, content) => {
  await writeMemory(store, "alice", "pref:1", content, sound(1));
  await writeMemory(store, "alice", "pref:2", "tea", sound(1));
  await createIndex(store);
  const result = await search(store, { query });
  expect(result).toMatchObject({ basis: "exact-scan", basisReason: "unspaced" });
  expect(result.hits.map(({ number }) => number)).toEqual(["1"]);
  const { matches, content: shown } = result.hits[0]!;
  expect(matches.map(({ from, to }) => shown.slice(from, to))).toEqual([query]);
  // Who names an index is shown what that one finds.
  const named = await search(store, { query, index: "idx:preferences" });
  expect(named).toMatchObject({ basis: "index", hits: [] });
});
