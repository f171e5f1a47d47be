/** Why a memory was not found that the index holds: a vector that is none, a word in another writing, another unit. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { embedOne } from "../../embeddings/embedder";
import { toFloat32LE } from "../../embeddings/vector";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import type { SearchQuestion } from "./question";
import { createIndex, question, writeAlice, writeMemory } from "./test-kit";
import { whyNotFound } from "./why-not-found";

const redis = testRedis();
let store: Store;
let sound: Float32Array;
beforeAll(async () => {
  store = new Store(redis.url());
  sound = await embedOne("drinks green tea");
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flush();
  await writeAlice(store, true);
  await createIndex(store, { dimensions: 512 });
});

const why = (name: string, asked: Partial<SearchQuestion>) => {
  const [category, number] = name.split(":").map((part) => Buffer.from(part));
  return whyNotFound(store, store, null, question(asked), {
    userId: Buffer.from("alice"),
    category: category!,
    number: number!,
  });
};
const kinds = ({ reasons }: Awaited<ReturnType<typeof why>>) => reasons.map(({ kind }) => kind);

const UNFIT: [string, Buffer, string, boolean][] = [
  ["NaN", toFloat32LE(new Float32Array(512).fill(Number.NaN)), "nan", false],
  ["zeros", Buffer.alloc(2_048), "zero-norm", false],
  ["tiny", toFloat32LE(new Float32Array(512).fill(1e-45)), "other", true],
];

test.each(UNFIT)("a vector of %s, by meaning and by both", async (_, bytes, form, findable) => {
  await writeMemory(store, "alice", "pref:bad", "drinks green tea", bytes);
  for (const mode of ["vector", "hybrid"] as const) {
    const answer = await why("pref:bad", { query: "hot beverages", mode, k: 1 });
    const unfit = answer.reasons.find(({ kind }) => kind === "vector-unfit");
    expect(unfit).toEqual(findable ? undefined : { kind: "vector-unfit", form, findable });
    expect(answer.reasons).not.toEqual([]);
  }
});

test("bytes in the other order, whether the engine can compare them or not", async () => {
  const swapped = toFloat32LE(sound).swap32();
  await writeMemory(store, "alice", "pref:bad", "drinks green tea", swapped);
  const answer = await why("pref:bad", { query: "hot beverages", mode: "vector" });
  expect(answer.reasons.at(-1)).toMatchObject({ kind: "vector-unfit", form: "big-endian" });
});

test("a vector of doubles, and one that is text, are called that", async () => {
  const doubles = Buffer.alloc(4_096);
  for (const [at, part] of sound.entries()) doubles.writeDoubleLE(part, at * 8);
  await writeMemory(store, "alice", "pref:wide", "drinks green tea", doubles);
  await writeMemory(store, "alice", "pref:text", "drinks green tea", Buffer.from("[0.1, 0.2]"));
  const length = { kind: "vector-length", wantedBytes: 2_048, dimensions: 512 };
  expect((await why("pref:wide", { query: "tea" })).reasons).toEqual([
    { ...length, bytes: 4_096, form: "float64" },
  ]);
  expect((await why("pref:text", { query: "tea" })).reasons).toEqual([
    { ...length, bytes: 10, form: "text" },
  ]);
});

test.each([
  ["istanbul", "lives in İstanbul", { word: "istanbul", token: "İstanbul", how: "marks" }],
  ["cafe", "likes the Café", { word: "cafe", token: "Café", how: "marks" }],
  ["don't panic", "says don’t worry", { word: "don", token: "don’t", how: "inside" }],
  ["kaffee", "trinkt Milchkaffee", { word: "kaffee", token: "Milchkaffee", how: "inside" }],
])("“%s” is not in “%s” to the engine", async (query, content, near) => {
  await writeMemory(store, "alice", "pref:1", content, sound);
  const answer = await why("pref:1", { query, mode: "text" });
  expect(answer.reasons).toMatchObject([{ kind: "no-word-in-common", near }]);
});

test("a word in another case is found, and one that is not there has nothing like it", async () => {
  await writeMemory(store, "alice", "pref:1", "Die MÜTTER trinken", sound);
  expect(kinds(await why("pref:1", { query: "mütter", mode: "text" }))).toEqual(["found"]);
  const none = await why("pref:1", { query: "zebra", mode: "text" });
  expect(none.reasons).toEqual([{ kind: "no-word-in-common", words: ["zebra"] }]);
});

test("an index named in the question splits a sentence without spaces at none", async () => {
  await writeMemory(store, "alice", "pref:1", "我喜欢日本茶和咖啡", sound);
  expect(kinds(await why("pref:1", { query: "咖啡" }))).toEqual(["found"]);
  const named = await why("pref:1", { query: "咖啡", mode: "text", index: "idx:preferences" });
  expect(named.reasons).toMatchObject([
    { kind: "no-word-in-common", near: { word: "咖啡", token: "我喜欢日本茶和咖啡", how: "inside" } },
  ]);
});

test("a timestamp in milliseconds is called that", async () => {
  const timestamp = 1_717_935_000_000;
  await writeMemory(store, "alice", "pref:1", "drinks green tea", sound, { timestamp });
  const answer = await why("pref:1", { query: "tea", until: 1_800_000_000 });
  expect(answer.reasons[0]).toEqual({
    kind: "filtered-out",
    clause: "time",
    value: timestamp,
    min: null,
    max: 1_800_000_000,
    milliseconds: true,
  });
});
