import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { deleteMemory } from "./delete-memory";
import { listMemories } from "./list-memories";
import { readMemory } from "./read-memory";
import { CREATE_INDEX, countingEmbedder, memory, VECTOR_8 } from "./test-kit";
import { type MemoryEdit, updateMemory } from "./update-memory";

const redis = testRedis();
let store: Store;
beforeAll(async () => {
  store = new Store(redis.url());
  await store.command(...CREATE_INDEX);
});
afterAll(() => store.close());

const eight = countingEmbedder(8);

async function read(user: string, number = "001", category = "pref") {
  const name = { category: Buffer.from(category), number: Buffer.from(number) };
  return readMemory(store, store, { userId: Buffer.from(user), memory: name });
}

async function update(user: string, edit: Partial<MemoryEdit>, by = eight) {
  const { version } = edit.version ? { version: edit.version } : await read(user);
  return updateMemory(store, store, by, {
    userId: Buffer.from(user),
    memory: { category: Buffer.from("pref"), number: Buffer.from("001") },
    version: version!,
    embeddingPolicy: "embed",
    embedAgain: false,
    ...edit,
  });
}

async function field(key: string, name: string): Promise<Buffer | null> {
  return (await store.command("HGET", key, name)) as Buffer | null;
}

describe("editing", () => {
  test("a changed text takes its new vector along; other fields, lives and the timestamp stay", async () => {
    const key = "user:hal:pref:001";
    await store.pipeline([
      memory("hal", "pref:001", { source: "chat" }),
      ["EXPIRE", key, 500],
      ["HEXPIRE", key, 100, "FIELDS", 2, "source", "content"],
    ]);
    const asked = eight.texts.length;
    expect(await update("hal", { content: "likes coffee now", importance: 8 })).toMatchObject({
      changed: ["content", "importance", "embedding"],
      embedded: true,
    });
    expect(eight.texts.slice(asked)).toEqual(["likes coffee now"]);
    const detail = await read("hal");
    expect(detail).toMatchObject({
      content: "likes coffee now",
      importance: { value: 8 },
      timestampMs: 1_717_935_000_000,
      embedding: { model: "counting-8" },
    });
    expect(detail.ttlMs).toBeGreaterThan(490_000);
    const life = (name: string) => detail.fields.find((each) => each.name === name)?.ttlMs;
    expect(life("source")).toBeGreaterThan(90_000);
    expect(life("content")).toBeGreaterThan(90_000);
    expect(life("importance")).toBeNull();
  });

  test("importance alone does not embed, and an unchanged save writes nothing", async () => {
    await store.command(...memory("ida", "pref:001"));
    const asked = eight.texts.length;
    expect(await update("ida", { content: "fact pref:001", importance: 2 })).toMatchObject({
      changed: ["importance"],
      embedded: false,
    });
    expect(eight.texts).toHaveLength(asked);
    expect(await field("user:ida:pref:001", "embedding")).toEqual(VECTOR_8);
    expect(await update("ida", { content: "fact pref:001", importance: 2 })).toMatchObject({
      changed: [],
      embedded: false,
    });
  });

  test("of two edits from one read only the first is done", async () => {
    await store.command(...memory("joe", "pref:001"));
    const { version } = await read("joe");
    const edits = await Promise.allSettled(
      ["first", "second", "third"].map((content) => update("joe", { content, version: version! })),
    );
    expect(edits.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    for (const edit of edits) {
      if (edit.status === "rejected") expect(edit.reason).toMatchObject({ code: "conflict" });
    }
  });

  test("a change between look and write is caught by the script", async () => {
    await store.command(...memory("kim", "pref:001"));
    const slow = {
      ...eight,
      embed: async (texts: string[]) => {
        await store.command("HSET", "user:kim:pref:001", "content", "changed by the assistant");
        return eight.embed(texts);
      },
    };
    await expect(update("kim", { content: "mine" }, slow)).rejects.toMatchObject({ code: "conflict" });
    expect(String(await field("user:kim:pref:001", "content"))).toBe("changed by the assistant");
  });

  test("with another model than the index's: refused, or saved without a vector", async () => {
    await store.command(...memory("lea", "pref:001"));
    const other = countingEmbedder(512);
    await expect(update("lea", { content: "new" }, other)).rejects.toMatchObject({
      code: "dimension_mismatch",
    });
    expect(await update("lea", { importance: 9 }, other)).toMatchObject({
      changed: ["importance"],
      embedded: false,
    });
    expect(await field("user:lea:pref:001", "embedding")).toEqual(VECTOR_8);
    expect(await update("lea", { content: "new", embeddingPolicy: "drop" }, other)).toMatchObject({
      changed: ["content", "embedding"],
      embedded: false,
    });
    expect(await field("user:lea:pref:001", "embedding")).toBeNull();
  });

  test("a wrong vector is replaced on demand, the text as it is", async () => {
    await store.command(...memory("mia", "pref:001", { embedding: Buffer.alloc(12) }));
    expect(await update("mia", { embedAgain: true })).toMatchObject({
      changed: ["embedding"],
      embedded: true,
    });
    expect((await read("mia")).vector).toMatchObject({ dimensions: 8, norm: expect.any(Number) });
    await store.command(...memory("mia", "pref:001", { content: Buffer.from([0xff]) }));
    await expect(update("mia", { embedAgain: true })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("gone and disputed ones are not written", async () => {
    await store.command(...memory("ned", "pref:001"));
    const { version } = await read("ned");
    await store.command("HSET", "user:ned:pref:001", "user_id", "other");
    await expect(update("ned", { importance: 1, version: version! })).rejects.toMatchObject({
      code: "conflict",
    });
    await store.command("DEL", "user:ned:pref:001");
    await expect(update("ned", { importance: 1, version: version! })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await store.command("EXISTS", "user:ned:pref:001")).toBe(0);
  });

  test("bytes that are no text keep their version and can get another importance", async () => {
    const content = Buffer.from([0xff, 0x00, 0x0a]);
    await store.command(...memory("oda", "pref:001", { content, timestamp: null }));
    await update("oda", { importance: 3 });
    expect(await field("user:oda:pref:001", "content")).toEqual(content);
    expect(String(await field("user:oda:pref:001", "importance"))).toBe("3");
  });
});

describe("deleting", () => {
  const name = { category: Buffer.from("pref"), number: Buffer.from("001") };

  test("takes exactly this key away, and the list sees it at once", async () => {
    await store.pipeline([
      memory("pam", "pref:001"),
      memory("pam", "pref:0011"),
      memory("pam:x", "pref:001"),
    ]);
    await listMemories(store, store, { userId: Buffer.from("pam"), sort: "name" });
    expect(await deleteMemory(store, { userId: Buffer.from("pam"), memory: name })).toEqual({
      deleted: true,
    });
    const { items } = await listMemories(store, store, { userId: Buffer.from("pam"), sort: "name" });
    expect(items.map(({ number }) => number)).toEqual(["0011"]);
    expect(await store.command("EXISTS", "user:pam:x:pref:001")).toBe(1);
    await expect(deleteMemory(store, { userId: Buffer.from("pam"), memory: name })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("leaves what is disputed, and takes what names nobody", async () => {
    await store.command("HSET", "user:quy:pref:001", "user_id", "Quy", "content", "whose?");
    const userId = Buffer.from("quy");
    await expect(deleteMemory(store, { userId, memory: name })).rejects.toMatchObject({ code: "conflict" });
    expect(await store.command("EXISTS", "user:quy:pref:001")).toBe(1);
    await store.command("HDEL", "user:quy:pref:001", "user_id");
    expect(await deleteMemory(store, { userId, memory: name })).toEqual({ deleted: true });
    await store.command("SET", "user:quy:pref:001", "a string");
    await expect(deleteMemory(store, { userId, memory: name })).rejects.toMatchObject({ code: "conflict" });
  });
});
