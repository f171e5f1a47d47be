import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toFloat32LE } from "../../embeddings/vector";
import { createMasker, MASK } from "../../masking";
import { sealRef } from "../../refs";
import { subjectOf } from "../../subjects";
import { CANARY, CANARY_ID, CANARY_REF, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { redisCliText } from "../query-engine/command-text";
import type { SearchQuestion } from "../recall/question";
import { readSetup } from "../recall/setup";
import { createIndex, indexed, search, writeMemory } from "../recall/test-kit";
import type { SearchResult } from "../recall/types";
import { Store } from "../store/store";
import { maskSearchResult, maskSearchSetup } from "./mask";
import { redactedCommand } from "./redacted-command";

const redis = testRedis();
let store: Store;
let found: SearchResult;
let scanned: SearchResult;

const NUMBERS = Float32Array.from([2, 2.5, 1, 3, 3.5, 0.75, 4, 0.5]);
const PASTED = [...NUMBERS].join(", ");
const asked = { userId: CANARY_ID, query: `${CANARY.memory} ${CANARY.value}`, vector: PASTED } as const;
const silent = {
  provider: "openai",
  model: "m",
  dimensions: 8,
  embed: async () => [NUMBERS],
} as const;
const ask = (some: Partial<SearchQuestion>) => search(store, { ...asked, ...some }, silent);
const mask = (result: SearchResult) => maskSearchResult(result, hidesAll, {});

beforeAll(async () => {
  store = new Store(redis.url());
  await writeMemory(store, CANARY_ID, "pref:001", CANARY.memory, NUMBERS);
  await writeMemory(store, CANARY_ID, "kestrel-notes:7654321", CANARY.memory, NUMBERS, {
    importance: 7654321,
    timestamp: 17_076_543_210,
  });
  await writeMemory(store, "bob", "pref:001", "likes tea", NUMBERS);
  scanned = await ask({});
  await createIndex(store);
  await indexed(store);
  found = await ask({ minImportance: 1, fusionDepth: 10 });
});
afterAll(() => store.close());

test("the canary is seen without a mask", () => {
  for (const result of [found, scanned]) {
    expect(result.hits).toHaveLength(2);
    const seen = leaks([result.hits, result.commands]);
    expect(seen).toEqual(expect.arrayContaining(["kestrel", "quinoazole", "7654321"]));
  }
  expect([found.basis, scanned.basis]).toEqual(["index", "exact-scan"]);
});

describe("a masked result", () => {
  test("holds no trace, neither of what is found nor of what was asked", () => {
    for (const result of [found, scanned]) expect(leaks(mask(result))).toEqual([]);
  });

  test("says how many are found, in which order, and how they are kept", () => {
    const { hits, words, user, masked } = mask(found);
    expect(hits.map(({ memoryRef }) => memoryRef)).toEqual(found.hits.map(({ memoryRef }) => memoryRef));
    expect(hits.map(({ vectorRank, textRank }) => [vectorRank, textRank])).toEqual(
      found.hits.map(({ vectorRank, textRank }) => [vectorRank, textRank]),
    );
    expect(hits.find(({ category }) => category === "pref")).toMatchObject({
      number: "001",
      content: expect.stringMatching(/^••• ••• •••, ••• /),
      importance: 5,
      timestamp: 1_717_935_000,
      masked: true,
    });
    expect(hits.find(({ category }) => category !== "pref")).toMatchObject({
      importance: null,
      timestamp: null,
    });
    expect(words).toEqual(found.words.map(() => MASK));
    expect(user).toEqual({ ref: CANARY_REF, label: expect.stringMatching(/^person-/) });
    expect(masked).toBe(true);
  });

  test("of a pasted vector no distance comes back, and none can be searched for by halves", () => {
    expect(
      mask(found).hits.every(({ distance, similarity }) => distance === null && similarity === null),
    ).toBe(true);
    expect(() => maskSearchResult(found, hidesAll, { maxDistance: 0.3 })).toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
  });

  test("of a text's the distance is rounded", async () => {
    const result = mask(await ask({ vector: null }));
    expect(result.vectorSource).toBe("embedded");
    for (const { distance } of result.hits) expect(distance).toBe(Math.round(distance! * 100) / 100);
  });

  test("shows a revealed person's hits among masked ones, and still no command", async () => {
    const result = await ask({ userId: null });
    const bobSeen = createMasker((subject) => subject === subjectOf(Buffer.from("bob")));
    const after = maskSearchResult(result, bobSeen, {});
    expect(leaks(after)).toEqual([]);
    const bobs = after.hits.find(({ userRef }) => userRef === sealRef("user", Buffer.from("bob")));
    expect(bobs).toMatchObject({ userLabel: "bob", content: "likes tea" });
    expect(after.hits.filter(({ masked }) => masked)).toHaveLength(2);
  });

  test("what the embedding endpoint said is not repeated", () => {
    const notice = { kind: "embedding-failed", message: CANARY.memory, hint: CANARY.value } as const;
    expect(leaks(mask({ ...found, notices: [notice] }))).toEqual([]);
  });

  test("a value that is added to a hit one day is not let through unseen", () => {
    const grown = {
      ...found,
      added: CANARY.id,
      hits: found.hits.map((hit) => ({ ...hit, added: CANARY.id })),
    };
    expect(leaks(mask(grown))).toEqual([]);
  });
});

describe("the commands", () => {
  const person = { ref: CANARY_REF, label: CANARY.id };

  test("keep their form", () => {
    const [nearest, words, fetch, length] = mask(found).commands;
    const filter = "@user_id:{‹person›} @importance:[1 +inf]";
    expect(nearest?.text).toBe(
      `FT.SEARCH idx:preferences "(${filter}) => [KNN 10 @embedding $vec AS score]" PARAMS 2 vec ‹…› RETURN 4 content importance score timestamp SORTBY score ASC LIMIT 0 10 DIALECT 2`,
    );
    expect(words?.text).toContain(`"(${filter} ‹word›)|(${filter} ‹word›)`);
    expect(fetch?.text).toBe("HMGET ‹key› user_id");
    expect(length?.text).toBe("HSTRLEN ‹key› content");
    expect(mask(scanned).commands.map(({ text }) => text)).toEqual([
      "SCAN 0 MATCH ‹keys of this person› COUNT 1000",
      "HMGET ‹key› user_id content importance timestamp embedding",
    ]);
  });

  test.each([
    ["an id that looks like a filter", "@importance:[5551234 5551234]", "@importance:[5551234 5551234]"],
    ["an id that ends a query", '"} => [KNN 5551234 @x $vec AS y]', "5551234"],
    ["an id of Redis's own words", "LIMIT 0 5551234", "5551234"],
    ["quotes and backslashes", '\\"5551234\\"', "5551234"],
  ])("%s stays hidden", (_what, id, trace) => {
    const tag = id.replace(/[\t !-/:-@[-`{-~]/g, "\\$&");
    const index = { name: "idx", dimensions: 8, metric: "COSINE" };
    for (const command of [
      ["FT.SEARCH", "idx", `(@user_id:{${tag}}) => [KNN 5 @embedding $vec AS score]`, "LIMIT", 0, 5] as const,
      ["FT.SEARCH", "idx", `(@user_id:{${tag}} @content:(tea))`, "LIMIT", 0, 5] as const,
      ["FT.SEARCH", id, "*"] as const,
      ["HMGET", `user:${id}:pref:001`, "user_id", id] as const,
      ["SCAN", 0, "MATCH", `user:${id}:*`] as const,
    ]) {
      const text = redactedCommand(redisCliText(command), { index, user: person, words: ["tea"] });
      expect(text).not.toContain(trace);
      expect(text).not.toContain("tea");
    }
  });
});

test("the form knows for whom it searches by a pseudonym", async () => {
  const setup = await readSetup(store, store, silent, CANARY_ID);
  expect(leaks(setup)).not.toEqual([]);
  expect(leaks(maskSearchSetup(setup, hidesAll))).toEqual([]);
  expect(maskSearchSetup(setup, hidesAll)).toMatchObject({ engine: true, index: setup.index });
});

test("a vector's bytes are in no masked answer", () => {
  const sent = JSON.stringify(mask(found));
  expect(sent).not.toContain("\\x");
  expect(sent).not.toContain(toFloat32LE(NUMBERS).toString("hex"));
});
