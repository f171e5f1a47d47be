import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createMasker, MASK } from "../../masking";
import { subjectOf } from "../../subjects";
import { CANARY, CANARY_ID, CANARY_REF, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { memoryKey } from "../keys";
import { forgetPerson } from "../keyspace/kept-of-person";
import { Store } from "../store/store";
import type { Arg } from "../store/wire";
import { listMemories } from "./list-memories";
import { maskCreated, maskMemoryDetail, maskMemoryList } from "./mask";
import { readMemory } from "./read-memory";
import { CREATE_INDEX, NOW_S, VECTOR_8 } from "./test-kit";
import type { MemoryDetail } from "./types";

const redis = testRedis();
let store: Store;
const input = { ref: CANARY_REF };
const bytes = (text: string) => Buffer.from(text);

async function write(category: string, number: string, fields: Record<string, Arg>): Promise<void> {
  const all = { user_id: CANARY_ID, content: CANARY.memory, importance: 7, timestamp: NOW_S, ...fields };
  const key = memoryKey(CANARY_ID, bytes(category), bytes(number));
  await store.command("HSET", key, ...Object.entries(all).flat());
}

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
  await store.command(...CREATE_INDEX);
  await write("pref", "001", { embedding: VECTOR_8 });
  await write("kestrel-notes", "7654321", { importance: CANARY.value, timestamp: CANARY.value });
  await write(CANARY.category, CANARY.field, {
    ...{ importance: 7654321, timestamp: 17_076_543_210 },
    ...{ embedding: bytes(CANARY.memory), embedding_model: CANARY.value, embedding_dimensions: CANARY.value },
    ...{
      [CANARY.field]: CANARY.value,
      note: CANARY.memory,
      blob: Buffer.from(`\xff${CANARY.memory}`, "latin1"),
    },
  });
  await write("work", "002", { content: Buffer.from(`\xff ${CANARY.memory}`, "latin1"), timestamp: -4711 });
  await write("work", "003", { content: `${CANARY.memory} `.repeat(5_000) });
  forgetPerson(store, CANARY_ID);
});
afterAll(() => store.close());

const list = () => listMemories(store, store, { userId: CANARY_ID, sort: "name" });
const read = (category: string, number: string) =>
  readMemory(store, store, {
    userId: CANARY_ID,
    memory: { category: bytes(category), number: bytes(number) },
  });
const masked = (memory: MemoryDetail) => maskMemoryDetail(memory, hidesAll, input);
const field = (memory: MemoryDetail, name: string) => memory.fields.find((one) => one.name === name);

test("the canary is seen without a mask", async () => {
  expect(leaks(await list())).toEqual(expect.arrayContaining(["quinoazole", "finch", "dotterel", "kestrel"]));
  expect(leaks(await read(CANARY.category, CANARY.field))).toEqual(expect.arrayContaining(["wagtail"]));
});

describe("a list", () => {
  test("keeps how memories are kept and found, and nothing of what they say", async () => {
    const before = await list();
    const after = maskMemoryList(before, hidesAll, input);
    expect(leaks(after)).toEqual([]);
    expect(after).toMatchObject({ total: 5, matching: 5, complete: true, masked: true, index: before.index });
    expect(after.categories.map(({ count }) => count)).toEqual(before.categories.map(({ count }) => count));
    for (const [at, memory] of after.items.entries()) {
      const { ref, indexed, ttlMs, contentIsText, contentProblem, notes } = before.items[at]!;
      expect(memory).toMatchObject({ ref, indexed, ttlMs, contentIsText, notes, masked: true });
      expect(memory.contentProblem).toBe(contentProblem);
    }
  });

  test("a plain memory is masked word by word, with its importance and its day", async () => {
    const { items } = maskMemoryList(await list(), hidesAll, input);
    expect(items.find(({ category }) => category === "pref")).toMatchObject({
      number: "001",
      content: `${MASK} ${MASK} ${MASK}, ${MASK} ${MASK} ${MASK} ${MASK}`,
      contentBytes: 1_000,
      importance: { value: 7, raw: "7" },
      timestampMs: NOW_S * 1_000,
      indexed: { state: "yes" },
    });
  });

  test("an odd value is told to be odd, and not shown", async () => {
    const { items } = maskMemoryList(await list(), hidesAll, input);
    expect(items.map(({ importance }) => importance.problem).filter(Boolean)).toHaveLength(2);
    for (const { importance } of items.filter((memory) => memory.importance.problem)) {
      expect(importance).toMatchObject({ value: null, raw: MASK });
    }
    const times = items.map(({ timestampProblem }) => timestampProblem);
    expect(times.filter(Boolean).sort()).toEqual([
      "Its timestamp is no likely time.",
      "Its timestamp is no number.",
      "Its timestamp is no time in seconds.",
    ]);
  });

  test("of a revealed person it is whole", async () => {
    const before = await list();
    const revealed = createMasker((subject) => subject === subjectOf(CANARY_ID));
    expect(maskMemoryList(before, revealed, input)).toEqual(before);
  });
});

describe("one memory", () => {
  test.each([
    ["pref", "001"],
    ["kestrel-notes", "7654321"],
    [CANARY.category, CANARY.field],
    ["work", "002"],
    ["work", "003"],
  ])("%s %s leaves no trace", async (category, number) => {
    const before = await read(category, number);
    const after = masked(before);
    expect(leaks(after)).toEqual([]);
    expect(JSON.stringify(after)).not.toContain(before.version);
    expect(after).toMatchObject({ version: null, editableContent: null, masked: true });
    expect(after.fields.every(({ hex }) => hex === undefined)).toBe(true);
    expect(after.fieldCount).toBe(before.fieldCount);
    expect(after.keyName).toMatch(/^user:person-[2-9a-z]{6}:[\w-]+:[\w-]+$/);
  });

  test("known fields keep their kind, and harmless ones their value", async () => {
    const memory = masked(await read("pref", "001"));
    expect(field(memory, "user_id")?.text).toMatch(/^person-/);
    expect(field(memory, "importance")?.text).toBe("7");
    expect(field(memory, "timestamp")?.text).toBe(String(NOW_S));
    expect(field(memory, "embedding")).toMatchObject({ kind: "binary", bytes: 32 });
    const odd = masked(await read(CANARY.category, CANARY.field));
    expect(["importance", "timestamp", "note"].map((name) => field(odd, name)?.text)).toEqual(
      Array(3).fill(MASK),
    );
  });

  test("of the vector stay its length and norm, and not one of its numbers", async () => {
    const before = await read("pref", "001");
    const after = masked(before);
    expect(after.vector).toEqual({
      ...{ bytes: 32, dimensions: 8, model: null, declaredDimensions: null, notFinite: 0 },
      ...{ byteOrder: "little-endian", norm: 7.02, min: null, max: null, values: [], swapped: null },
    });
    expect(before.vector?.values).toHaveLength(8);
  });
});

test("a value that is added to a memory one day is not let through unseen", async () => {
  const before = await read("pref", "001");
  const grown = { ...before, added: CANARY.memory, vector: { ...before.vector!, added: CANARY.value } };
  expect(leaks(masked(grown))).toEqual([]);
});

test("what was created says its place without the id", () => {
  const created = { ref: "r", category: CANARY.category, number: "004", embedded: true };
  expect(leaks(maskCreated(created, hidesAll, input))).toEqual([]);
  expect(maskCreated(created, hidesAll, input)).toMatchObject({ ref: "r", number: "004", embedded: true });
});
