import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tutorialCommandsNamed } from "../../../scripts/demo/tutorial";
import { testRedis } from "../../testing/redis";
import { memoryKey } from "../keys";
import { isError, toArray, toBuffers, toInt, toText } from "../store/reply";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { memoryFields, readIndexInfo } from "./index-info";
import type { IndexInfo } from "./index-types";
import { filterClauses, knnQuery, userClause, wordsQuery } from "./query-builder";
import { DEFAULT_STOP_WORDS, queryWords } from "./words";

const redis = testRedis();
let store: Store;
let index: IndexInfo;
const alice = Buffer.from("alice");

beforeAll(async () => {
  store = new Store(redis.url());
  for (const words of [...tutorialCommandsNamed("HSET"), ...tutorialCommandsNamed("FT.CREATE")]) {
    await store.command(...(words as unknown as Command));
  }
  await settled();
});
afterAll(() => store.close());

async function settled() {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const info = await readIndexInfo(store, "idx:preferences");
    if (info?.percentIndexed === 1 && !info.indexing) {
      index = info;
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the index is not finished");
}

const search = (query: Buffer): Command => ["FT.SEARCH", index.name, query, "NOCONTENT", "DIALECT", 2];

test("queries are the tutorial's", () => {
  const vector = memoryFields(index).vector!;
  const clauses = (filters: Parameters<typeof filterClauses>[1]) => filterClauses(index, filters)!;
  expect(String(knnQuery(clauses({ userId: alice }), vector, 5, "score"))).toBe(
    "(@user_id:{alice}) => [KNN 5 @embedding $vec AS score]",
  );
  expect(String(knnQuery(clauses({ userId: alice, minImportance: 8 }), vector, 3, "score"))).toBe(
    "(@user_id:{alice} @importance:[8 +inf]) => [KNN 3 @embedding $vec AS score]",
  );
  expect(String(knnQuery(clauses({ userId: alice, since: 1717935000 }), vector, 5, "score"))).toBe(
    "(@user_id:{alice} @timestamp:[1717935000 +inf]) => [KNN 5 @embedding $vec AS score]",
  );
  expect(String(knnQuery([], vector, 5, "score"))).toBe("* => [KNN 5 @embedding $vec AS score]");
  expect(
    String(
      wordsQuery(clauses({ userId: alice, maxImportance: 9 }), memoryFields(index).content!, ["a", "b"]),
    ),
  ).toBe(
    "(@user_id:{alice} @importance:[-inf 9] @content:(a))|(@user_id:{alice} @importance:[-inf 9] @content:(b))",
  );
});

test("a word with letters beyond ASCII in each of its cases, which the engine does not fold", async () => {
  const content = memoryFields(index).content!;
  const user = filterClauses(index, { userId: Buffer.from("carla") })!;
  const latin1 = (text: string) => Buffer.from(text).toString("latin1");
  const query = wordsQuery(user, content, ["mütter", "tea"], 0.3);
  expect(query.toString("latin1")).toBe(
    latin1(
      "(@user_id:{carla} @content:(mütter))|(@user_id:{carla} @content:(MÜTTER))|" +
        "((@user_id:{carla} @content:(mütter*)) => {$weight: 0.3;})|(@user_id:{carla} @content:(tea))",
    ),
  );
  const texts = ["Die MÜTTER trinken", "die Mütter", "СОБАКА", "Собака спит", "собака", "Écoles", "ÉCOLES"];
  const keys = texts.map((_, at) =>
    memoryKey(Buffer.from("carla"), Buffer.from("pref"), Buffer.from(`${at}`)),
  );
  await store.pipeline(
    texts.map((text, at) => ["HSET", keys[at]!, "user_id", "carla", "content", text] as const),
  );
  const found = async (text: string) => {
    const reply = await store.command(...search(wordsQuery(user, content, queryWords(text).words)));
    return toBuffers(toArray(reply).slice(1)).map((key) => texts[Number(String(key).split(":").at(-1))]);
  };
  for (const typed of ["mütter", "Mütter", "MÜTTER"]) {
    expect((await found(typed)).sort()).toEqual(["Die MÜTTER trinken", "die Mütter"]);
  }
  for (const typed of ["собака", "СОБАКА", "Собака"]) expect(await found(typed)).toHaveLength(3);
  for (const typed of ["école", "Écoles", "ÉCOLE"]) expect(await found(typed)).toHaveLength(2);
  await store.command("UNLINK", ...keys);
});

test("beginnings of words stand beside the words, and count less", async () => {
  const content = memoryFields(index).content!;
  const user = filterClauses(index, { userId: alice })!;
  const query = wordsQuery(user, content, ["appo", "10"], 0.3);
  expect(String(query)).toBe(
    "(@user_id:{alice} @content:(appo))|((@user_id:{alice} @content:(appo*)) => {$weight: 0.3;})|" +
      "(@user_id:{alice} @content:(10))",
  );
  expect(toInt(toArray(await store.command(...search(wordsQuery(user, content, ["appo"]))))[0])).toBe(0);
  expect(toInt(toArray(await store.command(...search(query)))[0])).toBeGreaterThan(0);
});

test("refuses what is no number, and a query of no words", () => {
  const vector = memoryFields(index).vector!;
  expect(() => filterClauses(index, { minImportance: Number.NaN })).toThrow(RangeError);
  expect(() => knnQuery([], vector, 1.5, "score")).toThrow(RangeError);
  expect(() => wordsQuery([], vector, [])).toThrow(RangeError);
});

test("ids: named exactly, or said to be beyond a query", async () => {
  const ids = [
    ...[
      "alice:admin",
      "al",
      "a*",
      "a\\",
      "x}|@user_id:{*",
      "$p",
      "%%",
      "-@",
      "=>[KNN",
      "in side",
      "the",
      "İ",
      "用户",
    ],
    ...["😀", "`", "a-b", "1", "é", "é", "x".repeat(1_000), "a\tb", "__proto__", "w'x'", "{}", "?", "[a]"],
  ].map((id) => Buffer.from(id));
  ids.push(Buffer.from([0xff, 0xfe]), Buffer.from([0x61, 0xc3]));
  for (const id of ids) {
    const key = memoryKey(id, Buffer.from("pref"), Buffer.from("1"));
    await store.command("HSET", key, "user_id", id, "content", "x", "importance", 3);
    const clause = userClause(index, id);
    expect(clause).not.toBeNull();
    const reply = toBuffers(toArray(await store.command(...search(Buffer.from(clause!, "latin1")))).slice(1));
    expect(reply.map((found) => found.toString("latin1"))).toEqual([key.toString("latin1")]);
    await store.command("UNLINK", key);
  }
  for (const id of ["bob,alice", "a\nb", "a\0", "x".repeat(1_001), "   "]) {
    expect(userClause(index, Buffer.from(id))).toBeNull();
  }
});

describe("no text brings the server down", () => {
  const odd = [
    "_",
    "*",
    "%",
    "@",
    "{",
    "|",
    "-",
    "(",
    '"',
    "\\",
    "=>[KNN",
    "$p",
    "~",
    "\0",
    "İ",
    "don’t",
    "inf",
  ];
  const sample = [...["was", "the", "first", "AS", "or", "not"], ...odd];

  async function alive(texts: string[]): Promise<number> {
    let asked = 0;
    for (let at = 0; at < texts.length; at += 1_000) {
      const commands = texts.slice(at, at + 1_000).flatMap((text): Command[] => {
        const { words } = queryWords(text, index.stopWords ?? []);
        if (words.length === 0) return [];
        const field = memoryFields(index).content!;
        const user = [userClause(index, alice)!];
        return [
          search(wordsQuery(user, field, words)),
          search(wordsQuery([], field, words)),
          search(wordsQuery(user, field, words, 0.3)),
        ];
      });
      asked += commands.length;
      for (const reply of await store.pipeline(commands, 20_000)) {
        if (isError(reply)) throw reply;
        // No query may mean "everything": alice has six memories, and none holds one of these words but "first".
        expect(toInt(toArray(reply)[0])).toBe(0);
      }
    }
    return asked;
  }

  test("every mix of one to three stop-words, operators and odd characters", async () => {
    const before = toText(await store.command("INFO", "server"));
    const mixes = sample.flatMap((a) => [
      a,
      ...sample.flatMap((b) => [`${a} ${b}`, `${a}${b}`, ...sample.map((c) => `${a} ${b} ${c}`)]),
    ]);
    expect(await alive(mixes)).toBeGreaterThan(5_000);
    // Two stop-words before a word is the shape that killed it; every pair of the engine's list.
    const stops = DEFAULT_STOP_WORDS.flatMap((a) =>
      DEFAULT_STOP_WORDS.flatMap((b) => [`${a} ${b} zebra`, `${a} zebra ${b.toUpperCase()}`]),
    );
    expect(await alive(stops)).toBeGreaterThan(4_000);
    const after = toText(await store.command("INFO", "server"));
    const runId = /run_id:(\w+)/;
    expect(runId.exec(after)?.[1]).toBe(runId.exec(before)?.[1]);
    expect(Number(/uptime_in_seconds:(\d+)/.exec(after)?.[1])).toBeGreaterThanOrEqual(
      Number(/uptime_in_seconds:(\d+)/.exec(before)?.[1]),
    );
  }, 60_000);
});
