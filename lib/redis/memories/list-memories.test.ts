import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startRedisServer, testRedis } from "../../testing/redis";
import { forgetEverybody } from "../keyspace/kept-of-person";
import { Store } from "../store/store";
import { type ListFilters, listMemories } from "./list-memories";
import { CREATE_INDEX, indexed, memory, NOW_S } from "./test-kit";

const redis = testRedis();
let store: Store;

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());

beforeEach(async () => {
  await redis.flush();
  forgetEverybody(store);
});

function list(user: string, filters: Partial<ListFilters> = {}) {
  return listMemories(store, store, { userId: Buffer.from(user), sort: "importance", ...filters });
}

async function names(user: string, filters: Partial<ListFilters> = {}) {
  return (await list(user, filters)).items.map(({ category, number }) => `${category}:${number}`);
}

describe("a person's memories", () => {
  test("come with their counts, lives and sizes, the most important first; a twin's do not", async () => {
    await store.pipeline([
      memory("ann", "pref:001", { importance: 9 }),
      memory("ann", "personal:001", { importance: 10 }),
      memory("ann", "pref:002", { importance: 7 }),
      ["EXPIRE", "user:ann:pref:002", 600],
      memory("ann:admin", "pref:001"),
      memory("Ann", "pref:001"),
      ["LPUSH", "user:ann:history:001", "{}"],
      ["HSET", "user:ann:rate_limit", "requests_per_minute", 1],
    ]);
    const found = await list("ann");
    expect(found.items.map((item) => item.content)).toEqual([
      "fact personal:001",
      "fact pref:001",
      "fact pref:002",
    ]);
    expect(found).toMatchObject({
      total: 3,
      matching: 3,
      nextCursor: null,
      complete: true,
      categories: [
        { category: "pref", count: 2 },
        { category: "personal", count: 1 },
      ],
    });
    const [first, , last] = found.items;
    expect(first).toMatchObject({
      importance: { value: 10 },
      timestampMs: NOW_S * 1000,
      ttlMs: null,
      embedding: { present: true, bytes: 32, dimensions: 8, model: null },
    });
    expect(first!.sizeBytes).toBeGreaterThan(100);
    expect(last!.ttlMs).toBeGreaterThan(590_000);
    expect(JSON.stringify(found)).not.toContain("user:ann");
  });

  test("are filtered by category, importance, days, text and what the index lacks", async () => {
    const day = Date.parse("2026-03-04T00:00:00Z");
    await store.pipeline([
      memory("bea", "pref:001", { importance: 9, content: "Likes GREEN tea", timestamp: day / 1000 }),
      memory("bea", "pref:002", { importance: 3, content: "hates coffee", timestamp: day / 1000 + 86_399 }),
      memory("bea", "travel:001", { importance: 6, content: "green shoes", timestamp: day / 1000 + 86_400 }),
      memory("bea", "work:001", { importance: "high", content: "no number" }),
    ]);
    expect(await names("bea", { category: "pref" })).toEqual(["pref:001", "pref:002"]);
    expect(await names("bea", { minImportance: 6 })).toEqual(["pref:001", "travel:001"]);
    expect(await names("bea", { maxImportance: 6 })).toEqual(["travel:001", "pref:002"]);
    expect(await names("bea", { since: day, until: day })).toEqual(["pref:001", "pref:002"]);
    expect(await names("bea", { text: "green" })).toEqual(["pref:001", "travel:001"]);
    expect(await names("bea", { text: "green", category: "travel" })).toEqual(["travel:001"]);
    await store.command(...CREATE_INDEX);
    await indexed(store, 3);
    expect(await names("bea", { notIndexed: true })).toEqual(["work:001"]);
    expect((await list("bea", { text: "nothing has this" })).items).toEqual([]);
  });

  test("are sorted, what lacks a value last either way, 1000 after 999", async () => {
    await store.pipeline([
      memory("cai", "pref:999", { timestamp: 300 }),
      memory("cai", "pref:1000", { timestamp: 100 }),
      memory("cai", "pref:002", { timestamp: null }),
      memory("cai", "aaa:001", { timestamp: 200 }),
      ["EXPIRE", "user:cai:pref:1000", 50],
    ]);
    expect(await names("cai", { sort: "newest" })).toEqual(["pref:999", "aaa:001", "pref:1000", "pref:002"]);
    expect(await names("cai", { sort: "oldest" })).toEqual(["pref:1000", "aaa:001", "pref:999", "pref:002"]);
    expect(await names("cai", { sort: "name" })).toEqual(["aaa:001", "pref:002", "pref:999", "pref:1000"]);
    expect((await names("cai", { sort: "expiring" }))[0]).toBe("pref:1000");
  });

  test("come 50 at a time; a page beyond the end is the last one", async () => {
    await store.pipeline(
      Array.from({ length: 120 }, (_, at) => memory("dan", `pref:${String(at + 1).padStart(3, "0")}`)),
    );
    const pages = [await list("dan", { sort: "name" }), await list("dan", { sort: "name", cursor: 50 })];
    expect(pages.map(({ items, nextCursor }) => [items.length, nextCursor])).toEqual([
      [50, "50"],
      [50, "100"],
    ]);
    const last = await list("dan", { sort: "name", cursor: 900 });
    expect(last).toMatchObject({ offset: 100, nextCursor: null, previousCursor: "50", total: 120 });
    expect(last.items).toHaveLength(20);
    const all = [...pages, last].flatMap(({ items }) => items.map(({ number }) => number));
    expect(new Set(all).size).toBe(120);
  });
});

describe("indexed or why not", () => {
  test("is the index's own word", async () => {
    await store.pipeline([
      memory("hal", "pref:001"),
      memory("hal", "pref:002", { embedding: Buffer.alloc(12, 1) }),
      memory("hal", "pref:003", { embedding: null }),
      memory("hal", "pref:004", { importance: "high" }),
      memory("hal", "pref:005", { timestamp: "soon" }),
      memory("hal", "pref:006", { user_id: null }),
      memory("hal", "pref:007", { embedding: Buffer.alloc(33, 1) }),
    ]);
    expect(await list("hal")).toMatchObject({ index: { state: "no_index" } });
    await store.command(...CREATE_INDEX);
    await indexed(store, 3);
    const { items, notIndexed, index } = await list("hal", { sort: "name" });
    expect(index).toEqual({ state: "ready", name: "idx:preferences", dimensions: 8, dataType: "FLOAT32" });
    expect(items.map(({ indexed }) => indexed)).toEqual([
      { state: "yes" },
      { state: "no", reason: expect.stringContaining("has 3 numbers, the index wants 8") },
      { state: "words", reason: "It has no embedding: found by words, not by meaning." },
      { state: "no", reason: expect.stringContaining("importance is no number") },
      { state: "no", reason: expect.stringContaining("timestamp is no number") },
      { state: "no", reason: expect.stringContaining("user_id") },
      { state: "no", reason: expect.stringContaining("33 bytes") },
    ]);
    expect(notIndexed).toBe(6);
  });

  test("an index over other keys holds none of them", async () => {
    await store.command(...memory("ida", "pref:001"));
    const elsewhere = CREATE_INDEX.map((word) =>
      word === "user:" ? "other:" : word,
    ) as unknown as typeof CREATE_INDEX;
    await store.command(...elsewhere);
    await indexed(store, 0);
    const { items } = await list("ida");
    expect(items[0]!.indexed).toEqual({ state: "no", reason: expect.stringContaining("prefixes") });
  });

  test("without the Query Engine the list works and says so", async () => {
    const plain = await startRedisServer({ queryEngine: false });
    const other = new Store(plain.url);
    try {
      await other.command(...memory("joe", "pref:001"));
      const found = await listMemories(other, other, { userId: Buffer.from("joe"), sort: "importance" });
      expect(found.index.state).toBe("no_engine");
      expect(found.items[0]!.indexed).toEqual({
        state: "no",
        reason: expect.stringContaining("Query Engine"),
      });
    } finally {
      other.close();
      await plain.remove();
    }
  });
});
