import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tutorialCommandsNamed } from "../../../scripts/demo/tutorial";
import { openRef } from "../../refs";
import { startRedisServer, testRedis } from "../../testing/redis";
import { recordForeignHits } from "../query-engine/foreign-hits";
import { Store } from "../store/store";
import { adoptIndex, bindIndexModel } from "./adopt-index";
import { createIndexText } from "./command-text";
import { createIndex } from "./create-index";
import { readIndexes } from "./operations";
import { createIndexCommand, planOfForm, usualVector } from "./rules";
import { adoptIndexInput, createIndexInput } from "./schema";
import * as kit from "./test-kit";

const redis = testRedis();
let store: Store;
const run = (words: readonly (string | Buffer)[]) => kit.run(store, words);
const read = () => readIndexes(store, store);
const settled = () => kit.settled(store);
const create = (...words: Parameters<typeof kit.newIndex>) =>
  createIndex(store, store, kit.newIndex(...words));

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flush();
});

test("the tutorial's form is the tutorial's command, word for word", () => {
  const [words] = tutorialCommandsNamed("FT.CREATE");
  const vector = usualVector(8);
  const plan = planOfForm({ name: "idx:preferences", prefix: "user:", form: "tutorial", vector });
  expect(createIndexCommand(plan)).toEqual(words!.map(String));
  expect(createIndexText(plan)).toBe(words!.map(String).join(" "));
  const safer = planOfForm({ name: "idx:preferences", prefix: "user:", form: "safer", vector });
  expect(createIndexText(safer)).toContain('user_id TAG SEPARATOR "\\x1f" CASESENSITIVE');
});

test("a failure that was mended since is told from one that is not", async () => {
  await create("idx:preferences", 8);
  await run(["HSET", "user:alice:pref:001", "user_id", "alice", "importance", "high"]);
  await settled();
  const held = async () => (await read()).indexes[0]?.lastFailure?.held;
  expect(await held()).toBe(false);
  await run(["HSET", "user:alice:pref:001", "importance", "7"]);
  await settled();
  expect(await held()).toBe(true);
  // The engine forgets none.
  expect((await read()).indexes[0]?.failures).toBeGreaterThanOrEqual(1);
});

describe("creating", () => {
  test("both forms, side by side and of different dimensions", async () => {
    for (const words of tutorialCommandsNamed("HSET")) await run(words);
    await run(["HSET", "user:alice:rate_limit", "requests_per_minute", "1"]);
    await create("idx:preferences", 8, "tutorial");
    await create("idx:safer", 512, "safer");
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
    await create("idx:preferences", 8, "tutorial");
    await expect(create("idx:preferences", 512, "safer")).rejects.toMatchObject({ code: "conflict" });
    expect((await read()).indexes[0]?.fields[4]?.vector?.dimensions).toBe(8);
  });

  test("a failure whose key is gone or disputed keeps its name", async () => {
    await create("idx:preferences", 8, "tutorial");
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

  const good = kit.newIndex("x", 8);
  const withVector = (some: object) => ({ ...good, vector: { ...good.vector, ...some } });
  test.each<{ input: object }>([
    ...["", "two words", "é", "x".repeat(129)].map((name) => ({ input: { ...good, name } })),
    ...["", "m\n"].map((model) => ({ input: { ...good, model } })),
    { input: { ...good, form: "other" } },
    ...[0, 32_769, 1.5, "8"].map((dimensions) => ({ input: withVector({ dimensions }) })),
    ...[1, 513, 2.5, "16"].map((m) => ({ input: withVector({ m }) })),
    ...[0, 4_097].map((efRuntime) => ({ input: withVector({ efRuntime }) })),
    ...["", "a b", "a}", "ä"].map((field) => ({ input: withVector({ field }) })),
    { input: withVector({ metric: "COSIN" }) },
    { input: withVector({ algorithm: "IVF" }) },
  ])("refuses $input", ({ input }) => {
    expect(createIndexInput.safeParse(good).success).toBe(true);
    expect(createIndexInput.safeParse(input).success).toBe(false);
  });

  test("chosen numbers reach the engine, and whose vectors it is for is kept", async () => {
    const vector = { ...usualVector(512), m: 24, efConstruction: 300, efRuntime: 50, metric: "IP" as const };
    const model = "universal-sentence-encoder-lite";
    await createIndex(store, store, { name: "idx:x", form: "safer", vector, model });
    await createIndex(store, store, {
      name: "idx:flat",
      form: "tutorial",
      vector: { field: "embedding_next", algorithm: "FLAT", metric: "L2", dimensions: 8, m: 24 },
      model: null,
    });
    const [flat, graph] = (await settled()).indexes;
    expect(graph!.fields.at(-1)).toMatchObject({
      options: [
        { name: "M", value: "24" },
        { name: "ef_construction", value: "300" },
      ],
      vector: { algorithm: "HNSW", metric: "IP" },
    });
    expect(graph!.model).toEqual({ name: model, by: "bound", dimensions: 512 });
    expect(flat!.fields.at(-1)).toMatchObject({
      identifier: "embedding_next",
      vector: { algorithm: "FLAT", metric: "L2", dimensions: 8 },
    });
    expect(flat!.model).toEqual({ name: null, by: "none", dimensions: null });
  });

  test("a model of another length is refused, and nothing is made", async () => {
    const input = kit.newIndex("idx:x", 8, "tutorial", "universal-sentence-encoder-lite");
    await expect(createIndex(store, store, input)).rejects.toMatchObject({ code: "dimension_mismatch" });
    expect((await read()).indexes).toEqual([]);
  });

  test("the name of an alias is taken: FT.CREATE would take it and hide what it leads to", async () => {
    await create("idx:one", 8);
    await run(["FT.ALIASADD", "recall", "idx:one"]);
    await expect(create("recall", 8)).rejects.toMatchObject({ code: "conflict" });
  });

  test("a second index leaves the one in use in use, also when nobody had chosen it", async () => {
    await create("idx:alone", 8);
    expect((await read()).active).toEqual({ name: "idx:alone", chosenBy: "only" });
    await create("idx:second", 8);
    expect((await read()).active).toEqual({ name: "idx:alone", chosenBy: "adopted" });
  });
});

describe("adopting", () => {
  test("puts another index in force, and giving it up goes back", async () => {
    await create("idx:preferences", 8, "tutorial");
    await create("idx:other", 512, "safer");
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

describe("whose vectors", () => {
  test("said, corrected, forgotten; a length that cannot be is refused", async () => {
    await create("idx:x", 512);
    const model = async () => (await read()).indexes[0]!.model;
    expect(await model()).toMatchObject({ by: "guess", name: "universal-sentence-encoder-lite" });
    await bindIndexModel(store, store, { name: "idx:x", model: "some-other-model" });
    expect(await model()).toEqual({ by: "bound", name: "some-other-model", dimensions: null });
    await bindIndexModel(store, store, { name: "idx:x", model: null });
    expect((await model()).by).toBe("guess");
    await create("idx:small", 8);
    const wrong = { name: "idx:small", model: "universal-sentence-encoder-lite" };
    await expect(bindIndexModel(store, store, wrong)).rejects.toMatchObject({ code: "dimension_mismatch" });
    await expect(bindIndexModel(store, store, { name: "gone", model: null })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

test("hits of other people are told with the index that gave them", async () => {
  await create("idx:x", 8);
  await recordForeignHits(store, "idx:x", 3, 1_700_000_000_000);
  expect((await read()).indexes[0]!.foreignHits).toEqual({ count: 3, lastAtMs: 1_700_000_000_000 });
});

test("without the Query Engine it says so", async () => {
  const plain = await startRedisServer({ queryEngine: false });
  const other = new Store(plain.url);
  try {
    expect(await readIndexes(other, store)).toMatchObject({
      engine: false,
      coversOneShard: false,
      indexes: [],
      active: null,
    });
    await expect(createIndex(other, store, kit.newIndex("idx:x", 8))).rejects.toMatchObject({
      code: "no_query_engine",
    });
    await expect(adoptIndex(other, store, { name: "idx:x" })).rejects.toMatchObject({
      code: "no_query_engine",
    });
  } finally {
    other.close();
    await plain.remove();
  }
});
