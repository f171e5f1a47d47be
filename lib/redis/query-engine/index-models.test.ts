import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ConfiguredEmbedder } from "../../embeddings/embedder";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { readIndexInfo } from "./index-info";
import { bindModel, guessModel, modelOfIndex } from "./index-models";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

async function index(dimensions: number, field = "embedding") {
  await store.command(
    ...([
      "FT.CREATE",
      "idx:x",
      "ON",
      "HASH",
      "PREFIX",
      1,
      "user:",
      "SCHEMA",
      field,
      "VECTOR",
      "HNSW",
    ] as const),
    ...([6, "TYPE", "FLOAT32", "DIM", dimensions, "DISTANCE_METRIC", "COSINE"] as const),
  );
  return (await readIndexInfo(store, "idx:x"))!;
}
const fake = (model: string, dimensions: number, field: string): ConfiguredEmbedder => ({
  provider: "openai",
  model,
  dimensions,
  field,
  place: field === "embedding" ? "primary" : "next",
  embed: async () => [],
});

test("what nobody said is guessed from the length, and said to be a guess", async () => {
  expect(await modelOfIndex(store, await index(512))).toMatchObject({
    model: "universal-sentence-encoder-lite",
    by: "guess",
    embedder: { dimensions: 512, field: "embedding" },
  });
});

test("a length that no configured model gives is no model", async () => {
  expect(await modelOfIndex(store, await index(8))).toEqual({ model: null, embedder: null, by: "none" });
});

test("a binding counts before any guess, also for a model that is not configured; forgotten, it is guessed", async () => {
  const info = await index(512);
  await bindModel(store, "idx:x", "text-embedding-3-small");
  expect(await modelOfIndex(store, info)).toEqual({
    model: "text-embedding-3-small",
    embedder: null,
    by: "bound",
  });
  await bindModel(store, "idx:x", "universal-sentence-encoder-lite");
  expect(await modelOfIndex(store, info)).toMatchObject({ by: "bound", embedder: { dimensions: 512 } });
  await bindModel(store, "idx:x", null);
  expect((await modelOfIndex(store, info)).by).toBe("guess");
});

test("of two models of one length, the one whose field the index reads", async () => {
  const both = [fake("first", 8, "embedding"), fake("second", 8, "embedding_next")];
  expect(guessModel(await index(8, "embedding_next"), both).model).toBe("second");
  await redis.flush();
  expect(guessModel(await index(8, "elsewhere"), both).model).toBe("first");
});
