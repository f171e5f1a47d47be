import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { moveMemory } from "./move-memory";
import { repairMemory } from "./repair-memory";
import { countingEmbedder, memory, NOW_S, oneMemory, VECTOR_8 } from "./test-kit";
import { updateMemory } from "./update-memory";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const { userId, nameOf, one, key, read, write, whole } = oneMemory(() => store);

describe("another category", () => {
  test("is the same hash under the next free number, lives and all, and the old name is gone", async () => {
    await store.pipeline([memory("alice", "work:007"), memory("alice", "work:note")]);
    await write({ source: "chat", blob: VECTOR_8 });
    await store.command("HPEXPIRE", key, 90_000, "FIELDS", 1, "source");
    await store.command("PEXPIRE", key, 500_000);
    const before = await whole();
    const { result, change } = await moveMemory(store, { ...one, category: "work" });
    expect(result).toMatchObject({ category: "work", number: "008" });
    expect(change).toEqual({ what: "category", before: "pref 001", after: "work 008" });
    expect(await whole("user:alice:work:008")).toEqual(before);
    expect(await store.command("EXISTS", key)).toBe(0);
  });

  test("never over another memory: thirty at once get thirty numbers", async () => {
    const all = Array.from({ length: 30 }, (_, at) => `pref:${String(at).padStart(3, "0")}`);
    await store.pipeline(all.map((name) => memory("alice", name, { content: name })));
    const moved = await Promise.all(
      all.map((name) =>
        moveMemory(store, { userId, memory: nameOf("pref", name.slice(5)), category: "work" }),
      ),
    );
    expect(new Set(moved.map(({ result }) => result.number)).size).toBe(30);
    const contents = await Promise.all(
      moved.map(({ result }) => store.command("HGET", `user:alice:work:${result.number}`, "content")),
    );
    expect(contents.map(String).sort()).toEqual(all);
  });

  test("is refused for one that was changed, one that is another's, the same category, and history", async () => {
    await write();
    const { version } = await read();
    await store.command("HSET", key, "importance", 1);
    const move = (category: string, of = {}) => moveMemory(store, { ...one, category, ...of });
    await expect(move("work", { version })).rejects.toMatchObject({ code: "conflict" });
    await expect(move("pref")).rejects.toMatchObject({ code: "invalid_input" });
    await expect(move("history")).rejects.toMatchObject({ code: "invalid_input" });
    await store.command("HSET", key, "user_id", "Alice");
    await expect(move("work")).rejects.toMatchObject({ code: "conflict" });
    expect(await store.command("EXISTS", key, "user:alice:work:001")).toBe(1);
  });
});

describe("what is missing or odd is mended, nothing else is touched", () => {
  const repair = async (how: "user_id" | "seconds" | "timestamp", timestampSeconds?: number) =>
    repairMemory(store, { ...one, version: (await read()).version!, repair: how, timestampSeconds });

  test("a user_id that is missing", async () => {
    await write({ user_id: null, source: "chat" });
    expect((await repair("user_id")).change).toEqual({ what: "user_id", before: null, after: "alice" });
    expect((await read()).notes).toEqual([]);
    await expect(repair("user_id")).rejects.toMatchObject({ code: "conflict" });
  });

  test("a timestamp in milliseconds, or none", async () => {
    await write({ timestamp: NOW_S * 1_000 + 7 });
    const { change } = await repair("seconds");
    expect(change).toEqual({ what: "timestamp", before: `${NOW_S}007`, after: String(NOW_S) });
    await expect(repair("seconds")).rejects.toMatchObject({ code: "conflict" });
    await store.command("HDEL", key, "timestamp");
    await repair("timestamp", 1_700_000_000);
    expect(await read()).toMatchObject({ timestampMs: 1_700_000_000_000 });
  });

  test("a missing text is written, an importance that is a word becomes a number", async () => {
    await write({ content: null, importance: "high", embedding: null });
    const { version, editableContent } = await read();
    expect(editableContent).toBe("");
    const edit = { ...one, version: version!, content: "likes tea", importance: 7 };
    await updateMemory(store, store, countingEmbedder(8), {
      ...edit,
      embeddingPolicy: "embed",
      embedAgain: false,
    });
    expect(await read()).toMatchObject({
      content: "likes tea",
      importance: { value: 7 },
      vector: { dimensions: 8 },
    });
  });

  test("not what somebody changed meanwhile", async () => {
    await write({ timestamp: NOW_S * 1_000 });
    const { version } = await read();
    await store.command("HSET", key, "timestamp", NOW_S);
    const late = repairMemory(store, { ...one, version: version!, repair: "timestamp", timestampSeconds: 1 });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
  });
});
