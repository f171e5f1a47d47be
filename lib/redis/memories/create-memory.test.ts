import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embedder } from "../../embeddings/embedder";
import type { Embedder } from "../../embeddings/types";
import { fromFloat32LE } from "../../embeddings/vector";
import { testRedis } from "../../testing/redis";
import { toBuffer } from "../store/reply";
import { Store } from "../store/store";
import { createMemory, type NewMemory } from "./create-memory";
import { deleteMemory } from "./delete-memory";
import { listMemories } from "./list-memories";
import { openMemory } from "./memory-ref";
import { readMemory } from "./read-memory";
import { CREATE_INDEX, countingEmbedder, indexed, memory } from "./test-kit";

const redis = testRedis();
let store: Store;
beforeAll(async () => {
  store = new Store(redis.url());
  await store.command(...CREATE_INDEX);
});
afterAll(() => store.close());

const eight = countingEmbedder(8);

function create(user: string, input: Partial<NewMemory> = {}, by: Embedder = eight) {
  return createMemory(store, store, by, {
    userId: Buffer.from(user),
    category: "pref",
    content: "likes tea",
    importance: 6,
    embeddingPolicy: "embed",
    ...input,
  });
}

async function read(user: string, number = "001", category = "pref") {
  const name = { category: Buffer.from(category), number: Buffer.from(number) };
  return readMemory(store, store, { userId: Buffer.from(user), memory: name });
}

async function field(key: string, name: string): Promise<Buffer | null> {
  return (await store.command("HGET", key, name)) as Buffer | null;
}

describe("creating", () => {
  test("writes the tutorial's fields and the model, and the index takes it", async () => {
    const before = Math.floor(Date.now() / 1000);
    const made = await create("ann");
    expect(made).toMatchObject({ category: "pref", number: "001", embedded: true });
    expect(openMemory(made.ref)).toEqual({ category: Buffer.from("pref"), number: Buffer.from("001") });
    const fields = (await store.command("HGETALL", "user:ann:pref:001")) as Buffer[];
    const names = fields.filter((_, at) => at % 2 === 0).map(String);
    expect(names).toEqual([
      "user_id",
      "content",
      "importance",
      "timestamp",
      "embedding",
      "embedding_model",
      "embedding_dimensions",
      "embedding_digest",
    ]);
    expect(Number(String(await field("user:ann:pref:001", "timestamp")))).toBeGreaterThanOrEqual(before);
    const vector = fromFloat32LE(toBuffer(await field("user:ann:pref:001", "embedding")));
    expect(vector[0]).toBeCloseTo(0.59);
    await indexed(store, 1);
    expect((await read("ann")).indexed).toEqual({ state: "yes" });
    const { total } = await listMemories(store, store, { userId: Buffer.from("ann"), sort: "name" });
    expect(total).toBe(1);
  });

  test("takes the number after the highest, three digits, never a used one", async () => {
    await store.pipeline([memory("bob", "pref:007"), memory("bob", "work:050"), memory("bob", "pref:x")]);
    expect((await create("bob")).number).toBe("008");
    await deleteMemory(store, {
      userId: Buffer.from("bob"),
      memory: { category: Buffer.from("pref"), number: Buffer.from("007") },
    });
    expect((await create("bob")).number).toBe("009");
    await store.command(...memory("bob", "work:999"));
    expect((await create("bob", { category: "work" })).number).toBe("1000");
  });

  test("40 at once get 40 numbers, and every one is whole", async () => {
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, at) => create("cai", { content: `fact ${at}` })),
    );
    expect(new Set(made.map(({ number }) => number)).size).toBe(40);
    const { items } = await listMemories(store, store, { userId: Buffer.from("cai"), sort: "name" });
    expect(new Set(items.map(({ content }) => content)).size).toBe(40);
    expect(items.every(({ embedding }) => embedding.dimensions === 8)).toBe(true);
  });

  test("a category that would make a session's key is refused", async () => {
    await expect(create("dan", { category: "history" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(create("dan", { category: "a:b" })).rejects.toMatchObject({ code: "invalid_input" });
    expect(await store.command("EXISTS", "user:dan:history:001", "user:dan:a:b:001")).toBe(0);
  });

  test("a vector of another length is refused before anything is written; without one it is saved", async () => {
    const other = countingEmbedder(512);
    await expect(create("eve", {}, other)).rejects.toMatchObject({ code: "dimension_mismatch" });
    expect(other.texts).toEqual([]);
    expect(await store.command("EXISTS", "user:eve:pref:001")).toBe(0);
    expect(await create("eve", { embeddingPolicy: "drop" }, other)).toMatchObject({ embedded: false });
    expect(await store.command("HEXISTS", "user:eve:pref:001", "embedding")).toBe(0);
  });

  test("a failing model leaves nothing behind", async () => {
    const failing = { ...eight, embed: () => Promise.reject(new Error("no answer")) };
    await expect(create("fay", {}, failing)).rejects.toThrow("no answer");
    expect(await store.command("EXISTS", "user:fay:pref:001")).toBe(0);
  });

  test("the bundled model's own vector lands in Redis as 512 FLOAT32", async () => {
    await store.command("FT.DROPINDEX", "idx:preferences");
    try {
      await create("gus", { content: "prefers morning appointments" }, { ...eight, ...embedder() });
      const { vector } = await read("gus");
      expect(vector).toMatchObject({ dimensions: 512, byteOrder: "little-endian", notFinite: 0 });
      expect(vector!.norm).toBeGreaterThan(0.5);
    } finally {
      await store.command(...CREATE_INDEX);
    }
  });
});
