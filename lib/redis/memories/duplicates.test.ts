import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { embedder } from "../../embeddings/embedder";
import { toFloat32LE } from "../../embeddings/vector";
import { subjectOf } from "../../subjects";
import { testRedis } from "../../testing/redis";
import { forgetEverybody } from "../keyspace/kept-of-person";
import { Store } from "../store/store";
import { holdForUndo } from "../undo-record";
import { findDuplicates } from "./duplicates";
import { mergeMemories } from "./merge-memories";
import { readMemory } from "./read-memory";
import { alike, normed, plainText } from "./similarity";
import { memory, wholeHash } from "./test-kit";
import type { Duplicates } from "./types";
import { UNDO_SCOPE, undoMemoryChange } from "./undo";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(async () => {
  await redis.flush();
  forgetEverybody(store);
});
afterAll(() => store.close());

const userId = Buffer.from("alice");
/** A direction in the plane: the cosine between two is that of the angle between them. */
const at = (degrees: number) =>
  toFloat32LE(Float32Array.from([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]));
const find = (threshold = 0.95) => findDuplicates(store, store, { userId, threshold });
const names = ({ groups }: Duplicates) =>
  groups.map(({ memories }) => memories.map(({ category, number }) => `${category}:${number}`));

describe("memories that say the same", () => {
  test("by equal text, whatever the case and the spaces, and by vectors of one model", async () => {
    await store.pipeline([
      memory("alice", "pref:001", { content: "Likes tea", importance: 3, embedding: at(0) }),
      memory("alice", "work:001", { content: " likes  TEA.", importance: 9, embedding: at(90) }),
      memory("alice", "pref:002", { content: "is fond of tea", importance: 4, embedding: at(5) }),
      memory("alice", "pref:003", {
        content: "another model",
        importance: 4,
        embedding: at(0),
        embedding_model: "x",
      }),
      memory("alice", "pref:004", { content: "far away", importance: 4, embedding: at(45) }),
      memory("alice", "pref:005", { content: "...", embedding: null }),
      memory("alice", "pref:006", { content: "!", embedding: null }),
      memory("Alice", "pref:001", { content: "likes tea", embedding: at(0) }),
    ]);
    const found = await find(0.99);
    expect(names(found)).toEqual([["work:001", "pref:001"]]);
    expect(names(await find(0.5))).toEqual([["work:001", "pref:004", "pref:001"]]);
    expect(found).toMatchObject({ groupCount: 1, surplus: 1, total: 7, vectorsLeftOut: 0, threshold: 0.99 });
  });

  test("not by a chain of small steps: each is like the first", async () => {
    await store.pipeline(
      [0, 10, 20, 30, 40].map((degrees, n) =>
        memory("alice", `pref:00${n}`, { content: `text ${n}`, importance: 9 - n, embedding: at(degrees) }),
      ),
    );
    const found = await find(Math.cos((15 * Math.PI) / 180));
    expect(names(found)).toEqual([
      ["pref:000", "pref:001"],
      ["pref:002", "pref:003"],
    ]);
    expect(found.groups[0]?.leastSimilarity).toBeCloseTo(Math.cos((10 * Math.PI) / 180), 4);
  });

  test("vectors that are none are compared with nothing, and their texts still are", async () => {
    const broken = [Buffer.alloc(8), Buffer.from("odd"), toFloat32LE(Float32Array.from([Number.NaN, 1]))];
    await store.pipeline(
      [...broken, ...broken].map((embedding, n) =>
        memory("alice", `pref:00${n}`, { content: `text ${n % 5}`, embedding }),
      ),
    );
    expect(names(await find())).toEqual([["pref:000", "pref:005"]]);
  });

  test("not by vectors of texts that their model cannot tell apart, and it is said how many", async () => {
    const texts = ["我喜欢喝绿茶", "他的女儿住在北京", "我喜欢喝绿茶。", "Я пью чай", "Он живёт в Берлине"];
    const vectors = await embedder().embed([...texts, "likes tea", "likes tea a lot"]);
    const stored = (content: string, n: number) => ({
      content,
      importance: 9 - n,
      embedding: toFloat32LE(vectors[n]!),
    });
    await store.pipeline([
      ...texts.map((text, n) =>
        memory("alice", `pref:00${n}`, {
          ...stored(text, n),
          ...(n % 2 === 0 ? { embedding_model: embedder().model } : {}),
        }),
      ),
      memory("alice", "pref:005", { ...stored("likes tea", 5), embedding_model: "other" }),
      memory("alice", "pref:006", { ...stored("喜欢茶", 5), embedding_model: "other" }),
      memory("alice", "pref:007", { ...stored(texts[0]!, 1), embedding_model: embedder().model }),
    ]);
    const found = await find(0.9);
    expect(names(found)).toEqual([
      ["pref:000", "pref:007"],
      ["pref:005", "pref:006"],
    ]);
    expect(found).toMatchObject({ vectorsUntold: 6, vectorsLeftOut: 0 });
  });

  test("a thousand compared with each other let others in between", async () => {
    const vectors = Array.from({ length: 1_200 }, () =>
      normed(Float32Array.from({ length: 512 }, () => Math.random() - 0.5)),
    );
    let turns = 0;
    let going = true;
    const others = (async () => {
      for (; going; turns += 1) await sleep(1);
    })();
    const groups = await alike(
      vectors.map((vector) => ({ text: null, vector, kind: "one" })),
      0.95,
    );
    going = false;
    await others;
    expect(groups).toEqual([]);
    expect(turns).toBeGreaterThan(5);
  }, 20_000);

  test("comparing a part first finds what comparing all of it finds", async () => {
    const directions = Array.from({ length: 6 }, () =>
      Float32Array.from({ length: 32 }, () => Math.random() - 0.5),
    );
    const all = Array.from({ length: 150 }, (_, n) => {
      const noise = Math.random() * 0.2;
      const vector = directions[n % 6]!.map((part) => part + (Math.random() - 0.5) * noise);
      return { text: null, vector: normed(vector)!, kind: "one" };
    });
    const cosine = (a: number, b: number) =>
      all[a]!.vector.reduce((sum, part, at) => sum + part * all[b]!.vector[at]!, 0);
    const taken = new Set<number>();
    const plain = all.flatMap((_, first) => {
      if (taken.has(first)) return [];
      const like = all.flatMap((__, n) =>
        n > first && !taken.has(n) && cosine(first, n) >= 0.98 ? [n] : [],
      );
      for (const n of like) taken.add(n);
      return like.length > 0 ? [[first, ...like]] : [];
    });
    expect((await alike(all, 0.98)).map(({ members }) => members)).toEqual(plain);
    expect(plain.length).toBeGreaterThan(3);
  });

  test("what is no difference", () => {
    expect(["Ｌikes\u00a0TEA!!", "likes  tea ", "LIKES TEA."].map(plainText)).toEqual(
      Array(3).fill("likes tea"),
    );
    expect(plainText("likes tea?")).not.toBe(plainText("likes tea"));
  });
});

describe("merging", () => {
  beforeEach(() =>
    store.pipeline([
      memory("alice", "pref:001", { importance: 3, source: "chat" }),
      memory("alice", "pref:002", { importance: 8 }),
      memory("alice", "work:001", { importance: "high" }),
    ]),
  );
  const seen = async (category: string, number: string) => {
    const name = { category: Buffer.from(category), number: Buffer.from(number) };
    return { memory: name, version: (await readMemory(store, store, { userId, memory: name })).version! };
  };
  const three = async () => ({
    userId,
    keep: await seen("pref", "001"),
    drop: [await seen("pref", "002"), await seen("work", "001")],
  });
  const hashes = () =>
    Promise.all(["pref:001", "pref:002", "work:001"].map((name) => wholeHash(store, `user:alice:${name}`)));

  test("keeps one, as important as the most important, and is undone exactly", async () => {
    const before = await hashes();
    const { result, held, edit, gone } = await mergeMemories(store, await three());
    expect(result).toEqual({ merged: 2, left: 0, importance: 8 });
    expect(edit.changes).toEqual([{ what: "importance", before: "3", after: "8" }]);
    expect(gone.map(({ category }) => String(category))).toEqual(["pref", "work"]);
    expect(await store.command("EXISTS", "user:alice:pref:002", "user:alice:work:001")).toBe(0);
    expect(String(await store.command("HGET", "user:alice:pref:001", "source"))).toBe("chat");
    const subject = subjectOf(userId);
    const undo = await holdForUndo(store, { subject, scope: UNDO_SCOPE, held });
    expect(await undoMemoryChange(store, store, { userId, subject, undo: undo! })).toMatchObject({
      memories: 2,
    });
    expect(await hashes()).toEqual(before);
  });

  test("what was changed since it was looked at stays, whichever it is", async () => {
    const merge = await three();
    await store.command("HSET", "user:alice:pref:002", "content", "changed");
    expect((await mergeMemories(store, merge)).result).toEqual({ merged: 1, left: 1, importance: null });
    expect(await store.command("EXISTS", "user:alice:pref:002")).toBe(1);
    const again = { userId, keep: await seen("pref", "001"), drop: [await seen("pref", "002")] };
    await store.command("HSET", "user:alice:pref:001", "content", "changed");
    await expect(mergeMemories(store, again)).rejects.toMatchObject({ code: "conflict" });
    expect(await store.command("EXISTS", "user:alice:pref:001", "user:alice:pref:002")).toBe(2);
  });

  test("an undo leaves alone what was changed since, and what stands in its place", async () => {
    const { held } = await mergeMemories(store, await three());
    await store.command("HSET", "user:alice:pref:001", "importance", 5);
    await store.command(...memory("alice", "pref:002", { content: "new" }));
    const subject = subjectOf(userId);
    const undo = await holdForUndo(store, { subject, scope: UNDO_SCOPE, held });
    expect(await undoMemoryChange(store, store, { userId, subject, undo: undo! })).toMatchObject({
      memories: 1,
      refused: 1,
    });
    const left = await Promise.all([
      store.command("HGET", "user:alice:pref:001", "importance"),
      store.command("HGET", "user:alice:pref:002", "content"),
    ]);
    expect(left.map(String)).toEqual(["5", "new"]);
  });

  test("with itself, with nothing, or with somebody else's is refused", async () => {
    const merge = await three();
    await expect(mergeMemories(store, { ...merge, drop: [] })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(mergeMemories(store, { ...merge, drop: [merge.keep] })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await store.command("HSET", "user:alice:pref:002", "user_id", "Alice");
    expect((await mergeMemories(store, merge)).result).toMatchObject({ merged: 1, left: 1 });
    expect(await store.command("EXISTS", "user:alice:pref:002")).toBe(1);
  });
});
