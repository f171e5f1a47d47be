import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tutorialCommandsNamed } from "../../../scripts/demo/tutorial";
import { embedOne } from "../../embeddings/embedder";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { uncapitalised } from "./query-vector";
import { createIndex, run, search, writeAlice, writeMemory } from "./test-kit";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flush();
});

describe("with the bundled model", () => {
  beforeEach(async () => {
    await writeAlice(store, true);
    await createIndex(store, { dimensions: 512 });
  });

  test.each(["vector", "hybrid"] as const)(
    "“meetings” finds the morning appointments first (%s)",
    async (mode) => {
      const { hits, timings } = await search(store, { query: "meetings", mode });
      expect(hits[0]?.content).toBe("prefers morning appointments before 10 AM");
      expect(hits).toHaveLength(5);
      expect(hits[0]!.similarity).toBeGreaterThan(0.3);
      expect(timings.searchMs).toBeGreaterThan(0);
    },
  );

  test.each(["Meetings", "MEETINGS", "meeting", "Meetings?"])("“%s” as well", async (query) => {
    expect((await search(store, { query })).hits[0]?.content).toBe(
      "prefers morning appointments before 10 AM",
    );
  });

  test("hybrid joins both ranks, and a word match carries its distance too", async () => {
    const { hits, words } = await search(store, { query: "the nuts", k: 2 });
    expect(words).toEqual(["nuts"]);
    expect(hits[0]).toMatchObject({ content: "allergic to shellfish and nuts", textRank: 1 });
    expect(hits[0]!.distance).toBeLessThan(1);
    expect(hits[0]!.fusedScore).toBeGreaterThan(hits[1]!.fusedScore!);
    const byWords = await search(store, { query: "works Fridays", mode: "text" });
    expect(byWords.hits.map(({ content }) => content)).toEqual(["works remotely on Fridays"]);
    expect(byWords.hits[0]).toMatchObject({ fusedScore: null, vectorRank: null, distance: null });
  });

  test("filters: importance, category, distance", async () => {
    const important = await search(store, { query: "family", minImportance: 9, mode: "vector" });
    expect(important.hits.map(({ importance }) => importance).sort()).toEqual([10, 9, 9]);
    const personal = await search(store, { query: "family", category: "personal", k: 3 });
    expect(personal.hits.map(({ category }) => category)).toEqual(["personal", "personal", "personal"]);
    const near = await search(store, { query: "meetings", mode: "vector", maxDistance: 0.6 });
    expect(near.hits).toHaveLength(1);
    expect((await search(store, { query: "meetings", maxImportance: 0 })).hits).toEqual([]);
  });

  test("texts the model cannot tell apart are searched by words", async () => {
    await writeMemory(store, "alice", "pref:zh", "喜欢 茶", await embedOne("喜欢 茶"));
    const result = await search(store, { query: "茶" });
    expect(result.ran).toEqual({ vector: false, text: true });
    expect(result.notices[0]?.kind).toBe("not-understood");
    expect(result.hits.map(({ number }) => number)).toEqual(["zh"]);
  });

  test("only stop-words: nothing is asked in words", async () => {
    const result = await search(store, { query: "the was or", mode: "text" });
    expect(result).toMatchObject({ hits: [], notices: [{ kind: "no-words" }], commands: [] });
  });

  test("a failing endpoint leaves words", async () => {
    const broken = {
      provider: "openai" as const,
      model: "away",
      dimensions: 512,
      embed: async () => {
        const { SafeError } = await import("../../errors");
        throw new SafeError("embedding_failed", "The embedding endpoint answered 500.");
      },
    };
    const result = await search(store, { query: "nuts in trail mix" }, broken);
    expect(result.hits[0]?.content).toContain("nuts");
    expect(result.notices[0]).toMatchObject({ kind: "embedding-failed" });
    await expect(search(store, { query: "nuts", mode: "vector" }, broken)).rejects.toMatchObject({
      code: "embedding_failed",
    });
  });

  test("everyone at once, each hit with its person", async () => {
    await writeMemory(store, "bob", "pref:1", "loves early meetings", await embedOne("loves early meetings"));
    const { hits } = await search(store, { userId: null, query: "meetings" });
    expect(hits[0]).toMatchObject({ userLabel: "bob", textRank: 1 });
    expect(hits.some(({ userLabel }) => userLabel === "alice")).toBe(true);
  });
});

test.each([
  ["Meetings", "meetings"],
  ["MEETINGS", "meetings"],
  ["“What about Bob?”", "“what about Bob?”"],
  ["DNA tests", "DNA tests"],
  ["I like tea", "I like tea"],
  ["Ärzte", "ärzte"],
  ["42 km", "42 km"],
  ["", ""],
])("%j is embedded as %j", (query, embedded) => {
  expect(uncapitalised(query)).toBe(embedded);
});

test("says so while the index is being built", async () => {
  const filler = Buffer.alloc(512 * 4, 1);
  for (let batch = 0; batch < 30; batch += 1) {
    await store.pipeline(
      Array.from({ length: 500 }, (_, at) => [
        ...([
          "HSET",
          `user:filler:pref:${batch * 500 + at}`,
          "user_id",
          "filler",
          "embedding",
          filler,
        ] as const),
        ...(["content", `filler text number ${at}`, "importance", 1, "timestamp", 1] as const),
      ]),
      20_000,
    );
  }
  const words = tutorialCommandsNamed("FT.CREATE")[0]!.map(String);
  words[words.indexOf("DIM") + 1] = "512";
  await run(store, words);
  const result = await search(store, { userId: Buffer.from("filler"), query: "meetings" });
  expect(result.incomplete).toBe(true);
  expect(result.percentIndexed).toBeLessThan(1);
}, 60_000);

test("no typed text breaks a search", async () => {
  await writeAlice(store, true);
  await createIndex(store, { dimensions: 512 });
  const texts = [
    ...[
      "(",
      '"',
      "\\",
      "@content:(x)",
      "x}|@user_id:{*",
      "=>[KNN 5 @embedding $vec]",
      "$p",
      "%%",
      "-@",
      "~",
      "*",
    ],
    ..."was the first|or|_|\u0000|\ud800|‮|😀|é|__proto__|constructor|{}|[a]|'; FLUSHALL".split("|"),
  ];
  for (const query of texts) {
    for (const userId of [Buffer.from("alice"), Buffer.from(query || "x"), null]) {
      const result = await search(store, { query, userId });
      expect(result.hits.length).toBeLessThanOrEqual(5);
    }
  }
  expect(await search(store, { query: "meetings" })).toMatchObject({ hits: { length: 5 } });
});
