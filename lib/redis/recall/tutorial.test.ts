/** The tutorial's own searches on the tutorial's own records: 8 dimensions, vectors pasted. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { redisCliWords } from "../../../scripts/demo/redis-cli-words";
import { tutorialCommandsNamed } from "../../../scripts/demo/tutorial";
import { testRedis } from "../../testing/redis";
import { toArray, toBuffers } from "../store/reply";
import { Store } from "../store/store";
import { createIndex, run, search, writeAlice } from "./test-kit";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());

/** The vector as the tutorial types it, and the command's own answer. */
async function tutorialSearch(at: number) {
  const words = tutorialCommandsNamed("FT.SEARCH")[at]!;
  const vector = words[words.findIndex((word) => String(word) === "vec") + 1]!;
  const reply = toArray(await run(store, words));
  const keys = reply.slice(1).filter((_, place) => place % 2 === 0);
  const scores = reply
    .slice(2)
    .filter((_, place) => place % 2 === 0)
    .map((fields) => {
      const flat = toBuffers(fields).map(String);
      return Number(flat[flat.indexOf("score") + 1]);
    });
  const typed = `"${[...vector].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")}"`;
  return { typed, names: keys.map((key) => String(key).replace("user:alice:", "")), scores };
}

beforeEach(async () => {
  await redis.flush();
  await writeAlice(store);
  await createIndex(store);
});

test.each([
  ["by person", 0, { k: 5 }, "(@user_id:{alice}) => [KNN 5"],
  ["by importance", 1, { k: 3, minImportance: 8 }, "(@user_id:{alice} @importance:[8 +inf]) => [KNN 3"],
  ["by recency", 2, { k: 5, since: 1717935000 }, "(@user_id:{alice} @timestamp:[1717935000 +inf]) => [KNN 5"],
] as const)("the tutorial's search %s, its vector pasted", async (_, at, filters, query) => {
  const { typed, names, scores } = await tutorialSearch(at);
  const result = await search(store, { vector: typed, ...filters });
  expect(names.length).toBeGreaterThan(2);
  expect(result.hits.map(({ category, number }) => `${category}:${number}`)).toEqual(names);
  for (const [place, hit] of result.hits.entries()) {
    expect(hit.distance).toBeCloseTo(Math.max(0, scores[place]!), 6);
    expect(hit.similarity).toBeCloseTo(1 - hit.distance!, 6);
    expect(hit).toMatchObject({
      vectorRank: place + 1,
      textRank: null,
      userLabel: "alice",
      timestamp: 1717935000,
    });
  }
  expect(result).toMatchObject({
    basis: "index",
    vectorSource: "pasted",
    foreignHits: 0,
    incomplete: false,
  });
  expect(result.notices).toEqual([{ kind: "pasted-big-endian" }]);
  expect(result.commands[0]!.text).toContain(query);
  // What is shown for copying is what was sent.
  const copied = toArray(await run(store, redisCliWords(result.commands[0]!.text)));
  expect(
    copied
      .slice(1)
      .filter((_part, place) => place % 2 === 0)
      .map((key) => String(key).slice(11)),
  ).toEqual(names);
});

test("another dimension than the embedder's is said, and words still search", async () => {
  const result = await search(store, { query: "allergic to nuts" });
  expect(result.notices).toContainEqual({
    kind: "dimension-mismatch",
    embedderDimensions: 512,
    indexDimensions: 8,
  });
  expect(result.ran).toEqual({ vector: false, text: true });
  expect(result.hits[0]).toMatchObject({
    content: "allergic to shellfish and nuts",
    textRank: 1,
    distance: null,
  });
  const meaning = await search(store, { query: "allergies", mode: "vector" });
  expect(meaning).toMatchObject({ hits: [], ran: { vector: false, text: false } });
  expect(meaning.notices).toHaveLength(1);
});

test("a pasted vector that does not fit, or is none, is refused", async () => {
  await expect(search(store, { vector: "1, 2, 3" })).rejects.toMatchObject({
    code: "dimension_mismatch",
    message: "The pasted vector has 3 numbers, the index wants 8 numbers (32 bytes).",
  });
  await expect(search(store, { vector: '"\\x00\\x01x"' })).rejects.toThrow(
    "has 3 bytes, the index wants 8 numbers",
  );
  await expect(search(store, { vector: "0ecdb2be 35a700be …" })).rejects.toThrow("a part of it is missing");
  for (const vector of ["hello", "0 0 0 0 0 0 0 0", "0000c07f".repeat(8)]) {
    await expect(search(store, { vector })).rejects.toMatchObject({ code: "invalid_input" });
  }
  await expect(search(store, { query: "  " })).rejects.toMatchObject({ code: "invalid_input" });
});
