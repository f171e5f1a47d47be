import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tutorialCommandsNamed } from "../../../scripts/demo/tutorial";
import { embedder } from "../../embeddings/embedder";
import { openRef } from "../../refs";
import { startRedisServer, testRedis } from "../../testing/redis";
import { type Command, Store } from "../store";
import { adoptIndex, createIndex, readIndexes } from "./operations";
import { createIndexCommand, createIndexText } from "./rules";
import { adoptIndexInput, createIndexInput } from "./schema";

const redis = testRedis();
let store: Store;
const run = (words: readonly (string | Buffer)[]) => store.command(...(words as unknown as Command));
const read = () => readIndexes(store, store, embedder());

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flush();
});

/** Reads until the background walk of every index is over. */
async function settled() {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const state = await read();
    if (state.indexes.every(({ percentIndexed, indexing }) => percentIndexed === 1 && !indexing))
      return state;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("an index is not finished");
}

test("the tutorial's form is the tutorial's command, word for word", () => {
  const [words] = tutorialCommandsNamed("FT.CREATE");
  const plan = { name: "idx:preferences", prefix: "user:", dimensions: 8, form: "tutorial" as const };
  expect(createIndexCommand(plan)).toEqual(words!.map(String));
  expect(createIndexText(plan)).toBe(words!.map(String).join(" "));
  expect(createIndexText({ ...plan, form: "safer" })).toContain(
    'user_id TAG SEPARATOR "\\x1f" CASESENSITIVE',
  );
});

describe("creating", () => {
  test("both forms, side by side and of different dimensions", async () => {
    for (const words of tutorialCommandsNamed("HSET")) await run(words);
    await run(["HSET", "user:alice:rate_limit", "requests_per_minute", "1"]);
    await createIndex(store, { name: "idx:preferences", dimensions: 8, form: "tutorial" });
    await createIndex(store, { name: "idx:safer", dimensions: 512, form: "safer" });
    const { indexes, active, engine } = await settled();
    expect(engine).toBe(true);
    expect(active).toEqual({ name: "idx:preferences", chosenBy: "configured" });
    const [tutorial, safer] = indexes;
    // The engine counts the rate-limit hash as a document, though none of its fields is indexed.
    expect(tutorial).toMatchObject({
      documents: 7,
      memories: 6,
      failures: 0,
      mixesIds: true,
      stopWords: null,
    });
    expect(safer).toMatchObject({ name: "idx:safer", failures: 6, mixesIds: false, stopWords: [] });
    const embedding = safer!.fields.find(({ name }) => name === "embedding")!;
    expect(embedding).toMatchObject({ failures: 6, vector: { dimensions: 512, metric: "COSINE" } });
    expect(embedding.lastFailure?.user?.label).toBe("alice");
    expect(openRef("user", embedding.lastFailure!.user!.ref).toString()).toBe("alice");
    expect(openRef("memory", embedding.lastFailure!.memoryRef!).toString()).toMatch(/^(pref|personal):00\d$/);
    expect(JSON.stringify(indexes)).not.toMatch(/"type":"Buffer"/);
  });

  test("a name that is taken is a conflict, and nothing changes", async () => {
    await createIndex(store, { name: "idx:preferences", dimensions: 8, form: "tutorial" });
    await expect(
      createIndex(store, { name: "idx:preferences", dimensions: 512, form: "safer" }),
    ).rejects.toMatchObject({ code: "conflict" });
    expect((await read()).indexes[0]?.fields[4]?.vector?.dimensions).toBe(8);
  });

  test("a failure whose key is gone or disputed keeps its name", async () => {
    await createIndex(store, { name: "idx:preferences", dimensions: 8, form: "tutorial" });
    await run(["HSET", "user:bob:pref:001", "user_id", "mallory", "embedding", "abc"]);
    expect((await read()).indexes[0]?.lastFailure).toMatchObject({
      keyText: "user:bob:pref:001",
      memoryRef: null,
      user: { label: "bob" },
      reason: expect.stringContaining("blob size 3"),
    });
    await run(["UNLINK", "user:bob:pref:001"]);
    expect((await read()).indexes[0]?.lastFailure).toMatchObject({ user: { label: "bob" }, memoryRef: null });
  });

  test.each([
    [{ name: "", dimensions: 8, form: "tutorial" }],
    [{ name: "two words", dimensions: 8, form: "tutorial" }],
    [{ name: "é", dimensions: 8, form: "tutorial" }],
    [{ name: "x".repeat(129), dimensions: 8, form: "tutorial" }],
    [{ name: "x", dimensions: 0, form: "tutorial" }],
    [{ name: "x", dimensions: 32_769, form: "tutorial" }],
    [{ name: "x", dimensions: 1.5, form: "tutorial" }],
    [{ name: "x", dimensions: "8", form: "tutorial" }],
    [{ name: "x", dimensions: 8, form: "other" }],
  ])("refuses %j", (input) => {
    expect(createIndexInput.safeParse(input).success).toBe(false);
  });
});

describe("adopting", () => {
  test("puts another index in force, and giving it up goes back", async () => {
    await createIndex(store, { name: "idx:preferences", dimensions: 8, form: "tutorial" });
    await createIndex(store, { name: "idx:other", dimensions: 512, form: "safer" });
    await adoptIndex(store, store, { name: "idx:other" });
    expect((await read()).active).toEqual({ name: "idx:other", chosenBy: "adopted" });
    await run(["FT.DROPINDEX", "idx:other"]);
    expect(await read()).toMatchObject({ missingAdopted: "idx:other", active: { chosenBy: "configured" } });
    await adoptIndex(store, store, { name: null });
    expect(await read()).toMatchObject({ missingAdopted: null, active: { name: "idx:preferences" } });
  });

  test("refuses what is not there or cannot hold memories", async () => {
    await run("FT.CREATE idx:elsewhere ON HASH PREFIX 1 other: SCHEMA user_id TAG".split(" "));
    await expect(adoptIndex(store, store, { name: "idx:gone" })).rejects.toMatchObject({ code: "not_found" });
    await expect(adoptIndex(store, store, { name: "idx:elsewhere" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(adoptIndexInput.safeParse({ name: "" }).success).toBe(false);
    expect((await read()).indexes[0]).toMatchObject({ coverage: "none", memories: null });
  });
});

test("without the Query Engine it says so", async () => {
  const plain = await startRedisServer({ queryEngine: false });
  const other = new Store(plain.url);
  try {
    expect(await readIndexes(other, store, embedder())).toMatchObject({
      engine: false,
      coversOneShard: false,
      indexes: [],
      active: null,
    });
    await expect(
      createIndex(other, { name: "idx:x", dimensions: 8, form: "tutorial" }),
    ).rejects.toMatchObject({ code: "no_query_engine" });
    await expect(adoptIndex(other, store, { name: "idx:x" })).rejects.toMatchObject({
      code: "no_query_engine",
    });
  } finally {
    other.close();
    await plain.remove();
  }
});
