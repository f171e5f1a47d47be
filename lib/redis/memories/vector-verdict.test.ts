/** What a list says of an embedding is what the engine makes of it. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { toFloat32LE } from "../../embeddings/vector";
import { testRedis } from "../../testing/redis";
import { memoryFields, readIndexInfo } from "../query-engine/index-info";
import { knnQuery } from "../query-engine/query-builder";
import { toArray, toBuffer } from "../store/reply";
import { Store } from "../store/store";
import type { Arg, Command } from "../store/wire";
import { type ListFilters, listMemories } from "./list-memories";
import { JUDGED_UNASKED } from "./memory-filter";
import { readMemory } from "./read-memory";
import { PAGE_SIZE } from "./rules";
import { CREATE_INDEX, indexed, memory, VECTOR_8 } from "./test-kit";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(() => redis.flush());

const list = (user: string, more: Partial<ListFilters> = {}) =>
  listMemories(store, store, { userId: Buffer.from(user), sort: "name", ...more });
/** Eight numbers: these, and then ones. */
const floats = (...parts: number[]) =>
  toFloat32LE(Float32Array.from(Array(8).keys(), (at) => parts[at] ?? 1));

const DOUBLES = Buffer.alloc(64);
for (let at = 0; at < 8; at += 1) DOUBLES.writeDoubleLE(Math.sin(at + 1), at * 8);

const FORMS: Record<string, Buffer | null> = {
  sound: VECTOR_8,
  swapped: Buffer.from(VECTOR_8).swap32(),
  nan: floats(Number.NaN),
  infinite: floats(Number.POSITIVE_INFINITY),
  zero: Buffer.alloc(32),
  tiny: floats(...Array(8).fill(1e-40)),
  huge: floats(...Array(8).fill(1e38)),
  none: null,
  doubles: DOUBLES,
  text: Buffer.from("[0.12, -0.5, 3]"),
};

test.each(["COSINE", "L2", "IP"])("what is said to be found by meaning is what %s finds", async (metric) => {
  const forms = Object.entries(FORMS);
  await store.pipeline(forms.map(([name, embedding]) => memory("ann", `pref:${name}`, { embedding })));
  // Two more sound ones, or HNSW's graph might hang on one that has no distances.
  await store.pipeline(["a", "b"].map((name) => memory("ann", `pref:${name}`)));
  await store.command(
    ...(CREATE_INDEX.map((word: Arg) => (word === "COSINE" ? metric : word)).map((word: Arg) =>
      word === "HNSW" ? "FLAT" : word,
    ) as unknown as Command),
  );
  await indexed(store, forms.length);
  const info = (await readIndexInfo(store, "idx:preferences"))!;
  const query = knnQuery(["@user_id:{ann}"], memoryFields(info).vector!, 50, "score");
  const reply = await store.command(
    ...(["FT.SEARCH", info.name, query, "PARAMS", 2, "vec", VECTOR_8, "NOCONTENT"] as const),
    ...(["LIMIT", 0, 50, "DIALECT", 2] as const),
  );
  const brought = toArray(reply)
    .slice(1)
    .map((key) => toBuffer(key).toString().replace("user:ann:pref:", ""));
  const { items, notIndexed, vectorsUnread } = await list("ann");
  const yes = items.filter(({ indexed: { state } }) => state === "yes").map(({ number }) => number);
  expect(yes.sort()).toEqual(brought.sort());
  expect({ notIndexed, vectorsUnread }).toEqual({ notIndexed: items.length - yes.length, vectorsUnread: 0 });
  const listed = (await list("ann", { notIndexed: true })).items.map(({ number }) => number);
  expect([...listed, ...yes].sort()).toEqual(items.map(({ number }) => number).sort());
});

test("card and sheet name the fault as the doctor does", async () => {
  await store.pipeline(
    Object.entries(FORMS).map(([name, embedding]) => memory("bea", `pref:${name}`, { embedding })),
  );
  await store.command(...CREATE_INDEX);
  await indexed(store, 8);
  const { items } = await list("bea");
  const of = (name: string) => items.find(({ number }) => number === name)!;
  expect(of("sound").indexed).toEqual({ state: "yes" });
  expect(of("nan").indexed).toEqual({
    state: "words",
    reason: "Its embedding holds numbers that are not finite: found by words, not by meaning.",
  });
  expect(of("zero").indexed).toEqual({
    state: "words",
    reason: "All numbers of its embedding are zero: found by words, not by meaning.",
  });
  expect(of("none").indexed).toEqual({
    state: "words",
    reason: "It has no embedding: found by words, not by meaning.",
  });
  expect(of("swapped").embedding.problem).toBe(
    "The bytes of its embedding make sense only in the other order.",
  );
  expect(of("doubles").indexed).toEqual({
    state: "no",
    reason: "Its embedding has 64-bit numbers where 32-bit ones belong: Redis leaves it out whole.",
  });
  expect(of("text").indexed).toEqual({
    state: "no",
    reason: "Its embedding is numbers written as text: Redis leaves it out whole.",
  });
  expect(of("doubles").embedding.dimensions).toBeNull();
  for (const name of Object.keys(FORMS)) {
    const sheet = await readMemory(store, store, {
      userId: Buffer.from("bea"),
      memory: { category: Buffer.from("pref"), number: Buffer.from(name) },
    });
    expect(sheet.indexed).toEqual(of(name).indexed);
    if (name === "doubles") expect(sheet.vector?.dimensions).toBeNull();
    if (name === "doubles") expect(sheet.vector?.problem).toContain("64 bits wide");
    if (name === "text") expect(sheet.vector?.problem).toContain("written as text");
  }
});

test("of many only what is shown is read, until those are asked for that meaning does not find", async () => {
  const many = JUDGED_UNASKED + 1;
  const names = Array.from({ length: many }, (_, at) => `pref:${String(at).padStart(4, "0")}`);
  await store.pipeline(names.map((name) => memory("cam", name)));
  const [first, last] = [names[0]!, names.at(-1)!];
  for (const name of [first, last])
    await store.command(...memory("cam", name, { embedding: Buffer.alloc(32) }));
  await store.command(...CREATE_INDEX);
  await indexed(store, many);

  const page = await list("cam");
  expect(page.items).toHaveLength(PAGE_SIZE);
  expect(page.items[0]!.indexed.state).toBe("words");
  expect(page).toMatchObject({ notIndexed: 0, vectorsUnread: many });

  const asked = await list("cam", { notIndexed: true });
  expect(asked.items.map(({ number }) => `pref:${number}`)).toEqual([first, last]);
  expect(asked).toMatchObject({ notIndexed: 2, vectorsUnread: 0 });
  // What changes is read anew.
  await store.command(...memory("cam", first));
  await expect
    .poll(async () => (await list("cam", { notIndexed: true })).items.map(({ number }) => `pref:${number}`))
    .toEqual([last]);
});
