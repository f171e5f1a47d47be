/**
 * No text brings the server down, and none means more than its words: fast-check mixes what engines stumble over, and
 * the server is asked how long it lives. PROPERTY_RUNS says how many runs; FC_SEED repeats one.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tutorialCommandsNamed } from "../../../scripts/demo/tutorial";
import { BAD_IDS } from "../../testing/bad-ids";
import { testRedis } from "../../testing/redis";
import { isError, toArray, toBuffer, toInt, toText } from "../store/reply";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { memoryFields, readIndexInfo } from "./index-info";
import type { IndexInfo } from "./index-types";
import { filterClauses, knnQuery, userClause, wordsQuery } from "./query-builder";
import { DEFAULT_STOP_WORDS, queryWords } from "./words";

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 300), seed: seed() };
const redis = testRedis();
const alice = Buffer.from("alice");
let store: Store;
const indexes: IndexInfo[] = [];
let bornAs: string;
let bornAtUptime: number;

function seed(): number {
  return Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
}

const uptimeOf = (info: string) => Number(/uptime_in_seconds:(\d+)/.exec(info)?.[1]);
const runIdOf = (info: string) => /run_id:(\w+)/.exec(info)?.[1] ?? "";

beforeAll(async () => {
  store = new Store(redis.url());
  for (const words of tutorialCommandsNamed("HSET")) await store.command(...(words as unknown as Command));
  const create = tutorialCommandsNamed("FT.CREATE")[0]!;
  const forms: [string, (string | number)[]][] = [
    ["idx:tutorial", []],
    ["idx:safer", ["SEPARATOR", "\x1f", "CASESENSITIVE"]],
    ["idx:own-stops", []],
  ];
  for (const [name, tag] of forms) {
    const words: (string | number | Buffer)[] = [...create];
    words[1] = name;
    words.splice(words.findIndex((word) => String(word) === "TAG") + 1, 0, ...tag);
    const own = ["STOPWORDS", 4, "zebra", "was", "the", "first"];
    if (name === "idx:own-stops")
      words.splice(
        words.findIndex((word) => String(word) === "SCHEMA"),
        0,
        ...own,
      );
    await store.command(...(words as unknown as Command));
    indexes.push(await settled(name));
  }
  const info = toText(await store.command("INFO", "server"));
  [bornAs, bornAtUptime] = [runIdOf(info), uptimeOf(info)];
});
afterAll(() => store.close());

async function settled(name: string): Promise<IndexInfo> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const info = await readIndexInfo(store, name);
    if (info?.percentIndexed === 1 && !info.indexing) return info;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the index is not finished");
}

/** Is it the same server that was started, never gone in between? */
async function expectAlive() {
  const info = toText(await store.command("INFO", "server"));
  expect(runIdOf(info)).toBe(bornAs);
  expect(uptimeOf(info)).toBeGreaterThanOrEqual(bornAtUptime);
}

const ask = (index: IndexInfo, query: Buffer): Command => [
  ...(["FT.SEARCH", index.name, query, "NOCONTENT", "LIMIT", 0, 100, "DIALECT", 2] as const),
];

/** The word query of a text in this index, or null where no word is left of it. */
function queryFor(index: IndexInfo, text: string, clauses: string[]): Buffer | null {
  const { words } = queryWords(text, index.stopWords ?? []);
  return words.length === 0 ? null : wordsQuery(clauses, memoryFields(index).content!, words, 0.3);
}

/** One a line where a space is in it. */
const ODD = [
  '=>[KNN 5 @embedding $vec]\n@content:(a|b)\n[1 5]\n"a b"\nx}|@user_id:{* | @content:x'.split("\n"),
  "x}|@user_id:{* -@ %% $p =>[KNN ~a ((( * a* %a% \" ' \\ \\\\ | - {} : ; ! ^ & # = <> ? _ __".split(" "),
  "AND OR NOT INF inf +inf was the first zebra nuts alice 1 -1 1e309 __proto__ w'here a_b".split(" "),
  "\0 \x1b \x7f \x1f \u0085 \u2028 \ufeff \ud800 a\u202eb \r\n".split(" "),
  "😀 👨‍👩‍👧 don’t “quoted” ‘a’ — … İ ß é e\u0301 東京 עברית".split(" "),
  // In another case these are stop-words, or hold ASCII.
  "aſ iſ ŧhe İS ﬁ ŉ ǰ ΐ ꭓ İF KNN ΌΣ ſuch".split(" "),
].flat();
const token = fc.oneof(
  fc.constantFrom(...DEFAULT_STOP_WORDS),
  fc.constantFrom(...ODD),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const typed = fc
  .array(fc.tuple(token, fc.constantFrom(" ", "", "\t", "|", " -", ",")), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map(([word, gap]) => word + gap).join(""));

test("every stop-word alone, in twos and in threes before a word: one and the same harmless query", async () => {
  const stops = DEFAULT_STOP_WORDS;
  const two = stops.flatMap((a) => stops.map((b) => `${a} ${b}`));
  const three = two.flatMap((pair) => stops.map((word) => `${pair} ${word}`));
  expect(three).toHaveLength(33 ** 3);
  const queries = new Set<string>();
  for (const index of indexes) {
    const clauses = [userClause(index, alice)!];
    for (const stop of [...stops, ...two, ...three]) {
      // Nothing is left of them; with a word after, before or between, nothing but the word.
      expect(queryFor(index, stop, clauses)).toBeNull();
      const query = queryFor(index, `${stop} nuts`, clauses)!;
      queries.add(`${index.name} ${query.toString("latin1")}`);
    }
  }
  expect(queries.size).toBe(indexes.length);
  for (const index of indexes) {
    const query = queryFor(index, "the was nuts first", [userClause(index, alice)!])!;
    expect(toInt(toArray(await store.command(...ask(index, query)))[0])).toBe(1);
  }
  await expectAlive();
});

test("four stop-words in any mix of cases and places", async () => {
  const four = fc.array(fc.constantFrom(...DEFAULT_STOP_WORDS), { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(four, fc.nat(4), fc.boolean(), async (stops, at, loud) => {
      const words = [...stops.slice(0, at), "nuts", ...stops.slice(at)].join(" ");
      for (const index of indexes) {
        const query = queryFor(index, loud ? words.toUpperCase() : words, [userClause(index, alice)!])!;
        expect(toInt(toArray(await store.command(...ask(index, query)))[0])).toBe(1);
      }
    }),
    RUNS,
  );
  await expectAlive();
});

test("any text: an answer, of this person alone, holding one of the words", async () => {
  await store.command(
    ...(["HSET", "user:mallory:pref:001", "user_id", "mallory", "content", "nuts zebra x p KNN"] as const),
    ...(["importance", 5, "timestamp", 1_717_935_000] as const),
  );
  await fc.assert(
    fc.asyncProperty(typed, async (text) => {
      const commands = indexes.flatMap((index): Command[] => {
        const query = queryFor(index, text, [userClause(index, alice)!]);
        return query === null ? [] : [ask(index, query)];
      });
      for (const reply of await store.pipeline(commands)) {
        if (isError(reply)) throw reply;
        const [, ...keys] = toArray(reply);
        for (const key of keys) expect(toBuffer(key).toString()).toMatch(/^user:alice:(pref|personal):/);
      }
    }),
    { ...RUNS, numRuns: RUNS.numRuns * 3, examples: ODD.map((odd) => [odd]) },
  );
  await expectAlive();
});

test("any id: the query names that person's memories or says that it cannot", async () => {
  const id = fc.oneof(
    fc.constantFrom(...BAD_IDS.map(([, bytes]) => bytes)),
    typed.map((text) => Buffer.from(text, "utf8")),
    fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
  );
  const vector = Buffer.alloc(32, 1);
  await fc.assert(
    fc.asyncProperty(id, fc.integer({ min: -5, max: 15 }), async (userId, minImportance) => {
      for (const index of indexes) {
        const clauses = filterClauses(index, { userId, minImportance });
        if (clauses === null) continue;
        const near = knnQuery(clauses, memoryFields(index).vector!, 50, "score");
        const words = wordsQuery(clauses, memoryFields(index).content!, ["nuts", "zebra", "examples"]);
        const replies = await store.pipeline([
          ["FT.SEARCH", index.name, near, "PARAMS", 2, "vec", vector, "NOCONTENT", "DIALECT", 2],
          ask(index, words),
        ]);
        for (const reply of replies) {
          if (isError(reply)) throw reply;
          const [total] = toArray(reply);
          // Nobody here but alice and mallory has memories; whoever is found was named, or is a twin by letter case.
          const named = userId.toString("latin1").trim().toLowerCase().split(",");
          if (!named.includes("alice") && !named.includes("mallory")) expect(toInt(total)).toBe(0);
        }
      }
    }),
    { ...RUNS, examples: BAD_IDS.map(([, bytes]) => [bytes, 0]) },
  );
  await expectAlive();
});
