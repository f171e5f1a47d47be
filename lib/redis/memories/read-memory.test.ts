import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toFloat32LE } from "../../embeddings/vector";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { readMemory } from "./read-memory";
import { memory, NOW_S } from "./test-kit";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());

function read(user: string, category: string, number: string) {
  const name = { category: Buffer.from(category), number: Buffer.from(number) };
  return readMemory(store, store, { userId: Buffer.from(user), memory: name });
}

test("every field comes, with its own life; bytes as hex, the vector as numbers about it", async () => {
  await store.pipeline([
    memory("ann", "pref:001", {
      source: "chat",
      odd: Buffer.from([0xff, 0x00]),
      __proto__x: "kept",
      embedding_model: "some-model",
      embedding_dimensions: 8,
    }),
    ["HSET", "user:ann:pref:001", "__proto__", "not lost"],
    ["HEXPIRE", "user:ann:pref:001", 100, "FIELDS", 1, "source"],
  ]);
  const detail = await read("ann", "pref", "001");
  const field = (name: string) => detail.fields.find((each) => each.name === name);
  expect(field("content")).toEqual({
    name: "content",
    bytes: 13,
    kind: "text",
    text: "fact pref:001",
    cut: false,
    ttlMs: null,
  });
  expect(field("odd")).toMatchObject({ kind: "binary", hex: "ff00" });
  expect(field("__proto__")).toMatchObject({ text: "not lost" });
  expect(field("source")!.ttlMs).toBeGreaterThan(99_000);
  expect(detail).toMatchObject({
    keyName: "user:ann:pref:001",
    fieldCount: 11,
    editableContent: "fact pref:001",
    timestampMs: NOW_S * 1000,
    vector: {
      dimensions: 8,
      model: "some-model",
      declaredDimensions: 8,
      min: 0.5,
      max: 4,
      byteOrder: "little-endian",
    },
  });
  expect(detail.version).toMatch(/^[0-9a-f]{40}$/);
  expect(detail.vector!.values).toEqual([2, 2.5, 1, 3, 3.5, 0.75, 4, 0.5]);
  expect(detail.vector!.norm).toBeCloseTo(7.02, 2);
});

describe("vectors that are not what they should be", () => {
  const bigEndian = Buffer.from("402000003f800000404000003f40000040600000400000003f00000040800000", "hex");
  const cases: [string, Buffer, object][] = [
    [
      "the tutorial's bytes",
      bigEndian,
      { byteOrder: "big-endian", problem: expect.stringContaining("other order") },
    ],
    ["NaN", toFloat32LE(Float32Array.of(1, Number.NaN)), { notFinite: 1, values: [1, "NaN"], max: 1 }],
    [
      "infinite",
      toFloat32LE(Float32Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2)),
      { notFinite: 2, values: ["Infinity", "-Infinity", 2] },
    ],
    ["text", Buffer.from("[0.12, -0.5, 3]"), { problem: expect.stringContaining("written as text") }],
    ["zeros", Buffer.alloc(32), { norm: 0, byteOrder: "unclear", problem: expect.stringContaining("zero") }],
    [
      "an odd length",
      Buffer.alloc(7, 1),
      { dimensions: null, values: [], swapped: null, problem: expect.stringContaining("multiple of 4") },
    ],
    ["only NaN", toFloat32LE(Float32Array.of(Number.NaN)), { norm: null, min: null, max: null }],
  ];
  test.each(cases)("%s", async (_, embedding, expected) => {
    await store.command(...memory("bob", "pref:001", { embedding }));
    const { vector } = await read("bob", "pref", "001");
    expect(vector).toMatchObject(expected);
    expect(JSON.parse(JSON.stringify(vector))).toEqual(vector);
  });

  test("another length than its own field says", async () => {
    await store.command(...memory("bob", "pref:002", { embedding_dimensions: 512 }));
    expect((await read("bob", "pref", "002")).vector!.problem).toContain("says 512");
  });
});

test("what is too long is cut or named, and not offered for editing", async () => {
  await store.pipeline([
    memory("cai", "pref:001", { content: "x".repeat(1_200_000) }),
    memory("cai", "pref:002", { content: Buffer.alloc(5_000_000, 0x61) }),
    memory("cai", "pref:003", { content: Buffer.from([0xff, 0xfe]) }),
  ]);
  const long = await read("cai", "pref", "001");
  expect(long.content).toHaveLength(1_000_000);
  expect(long).toMatchObject({ contentCut: true, contentBytes: 1_200_000, editableContent: null });
  const huge = await read("cai", "pref", "002");
  expect(huge).toMatchObject({ content: "", contentBytes: 5_000_000, version: null, editableContent: null });
  expect(huge.fields.find(({ name }) => name === "content")).toMatchObject({
    kind: "unread",
    bytes: 5_000_000,
  });
  const bytes = await read("cai", "pref", "003");
  expect(bytes).toMatchObject({ contentIsText: false, editableContent: null, content: "\\xff\\xfe" });
  expect(bytes.version).not.toBeNull();
});

test("of a hash with thousands of fields the known ones come and how many there are", async () => {
  await store.pipeline([
    memory("dan", "pref:001"),
    ["HSET", "user:dan:pref:001", ...Array.from({ length: 3_000 }, (_, at) => [`field${at}`, at]).flat()],
  ]);
  const detail = await read("dan", "pref", "001");
  expect(detail.fieldCount).toBe(3_005);
  expect(detail.fields.length).toBeLessThanOrEqual(200);
  expect(detail.fields.slice(0, 5).map(({ name }) => name)).toEqual([
    "user_id",
    "content",
    "importance",
    "timestamp",
    "embedding",
  ]);
});

test("gone, another type, another person", async () => {
  await store.pipeline([
    ["SET", "user:eve:pref:001", "a string"],
    ["HSET", "user:eve:pref:002", "user_id", "somebody", "content", "whose?"],
  ]);
  await expect(read("eve", "pref", "009")).rejects.toMatchObject({ code: "not_found" });
  await expect(read("eve", "pref", "001")).rejects.toMatchObject({ code: "conflict" });
  await expect(read("eve", "pref", "002")).rejects.toMatchObject({ code: "conflict" });
});

test("a vector that does not tell its text from others of the script is said to be one", async () => {
  const bundled = { embedding_model: "universal-sentence-encoder-lite" };
  await store.pipeline([
    memory("kim", "pref:001", { ...bundled, content: "我喜欢日本茶" }),
    memory("kim", "pref:002", { ...bundled, content: "likes Japanese tea" }),
    memory("kim", "pref:003", { embedding_model: "another", content: "我喜欢日本茶" }),
  ]);
  const told = async (number: string) => (await read("kim", "pref", number)).vector?.untold;
  expect([await told("001"), await told("002"), await told("003")]).toEqual([true, undefined, undefined]);
});
