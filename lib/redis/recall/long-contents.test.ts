import { afterAll, beforeAll, expect, test } from "vitest";
import { embedder } from "../../embeddings/embedder";
import { testRedis } from "../../testing/redis";
import { toText } from "../store/reply";
import { Store } from "../store/store";
import { searchMemories } from "./operations";
import { HIT_CHARS } from "./rules";
import { createIndex, indexed, question, search, writeMemory } from "./test-kit";

const redis = testRedis();
const LONG = 1_000_000;
const MEMORIES = 60;
let store: Store;

beforeAll(async () => {
  store = new Store(redis.url());
  await createIndex(store);
  for (let n = 0; n < MEMORIES; n += 1) {
    const content = `meetings number ${n} ${"x".repeat(LONG)}`;
    await writeMemory(
      store,
      "fat",
      `pref:${n}`,
      content,
      Float32Array.from({ length: 8 }, () => 1 + n),
    );
  }
  await indexed(store);
}, 30_000);
afterAll(() => store.close());

/** What Redis sent to all its clients. */
async function sentBytes(): Promise<number> {
  const stats = toText(await store.command("INFO", "stats"));
  return Number(/total_net_output_bytes:(\d+)/.exec(stats)?.[1]);
}

const vector = "1,1,1,1,1,1,1,1";
const fat = { userId: Buffer.from("fat"), k: 100 };

test.each([
  ["by words", { ...fat, query: "meetings", mode: "text" as const }],
  ["by meaning", { ...fat, vector, mode: "vector" as const }],
  ["everyone's", { ...fat, userId: null, vector, mode: "vector" as const }],
  ["in a category, which many are looked through for", { ...fat, k: 5, vector, category: "pref" }],
])("long memories are found and not moved: %s", async (_what, asked) => {
  const before = await sentBytes();
  const { hits } = await search(store, asked);
  expect((await sentBytes()) - before).toBeLessThan(LONG);
  expect(hits).toHaveLength(Math.min(asked.k, MEMORIES));
  for (const hit of hits) {
    expect(hit.content).toMatch(/^meetings number \d+ x+$/);
    expect(hit).toMatchObject({ contentCut: true, importance: 5 });
    expect(hit.content).toHaveLength(HIT_CHARS);
  }
});

test("a few come whole with the search, as the tutorial asks", async () => {
  const { hits, commands } = await search(store, { ...fat, k: 3, vector, mode: "vector" });
  expect(commands[0]?.text).toContain("RETURN 4 content importance score timestamp");
  expect(hits.map(({ content, contentCut }) => [content.length, contentCut])).toEqual(
    Array(3).fill([HIT_CHARS, true]),
  );
});

test("without scripts a long text is left out and said to be there", async () => {
  const rights = "on >word ~* -@all +hello +acl +command +ping +ft.search +ft.info +ft._list +hmget +hstrlen";
  await store.command("ACL", "SETUSER", "reader", ...rights.split(" "), "+hget");
  const reader = new Store(redis.url().replace("//", "//reader:word@"));
  try {
    const asked = question({ ...fat, vector, mode: "vector" });
    const result = await searchMemories(reader, store, embedder(), asked);
    expect(result.hits).toHaveLength(MEMORIES);
    expect(result.hits[0]).toMatchObject({ content: "", contentCut: true });
  } finally {
    reader.close();
    await store.command("ACL", "DELUSER", "reader");
  }
});

test("without an index they are read a few at a time, words beyond the beginning included", async () => {
  await store.command("FT.DROPINDEX", "idx:preferences");
  await writeMemory(store, "fat", "pref:last", `${"y ".repeat(LONG)} zebra`, new Float32Array(8).fill(1));
  const result = await search(store, { ...fat, query: "zebra", mode: "text" });
  expect(result.basis).toBe("exact-scan");
  expect(result.hits).toMatchObject([{ number: "last", contentCut: true }]);
  expect(result.hits[0]?.content).toHaveLength(HIT_CHARS);
});
