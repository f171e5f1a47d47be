import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tutorialCommandsNamed } from "../../../scripts/demo/tutorial";
import { startRedisServer, testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { activeIndex } from "./active-index";
import { describeIndexes, memoryFields, readIndexInfo } from "./index-info";
import { parseIndexInfo } from "./parse-index-info";

const redis = testRedis();
let store: Store;
const run = (words: Buffer[] | string[]) => store.command(...(words as unknown as Command));
const tutorialIndex = () => run(tutorialCommandsNamed("FT.CREATE")[0]!);
const create = (name: string, prefix = "user:") =>
  run(`FT.CREATE ${name} ON HASH PREFIX 1 ${prefix} SCHEMA user_id TAG`.split(" "));

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flush();
});

/** Waits for the background walk of an index that was just made. */
async function info(name: string) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const found = await readIndexInfo(store, name);
    if (found?.percentIndexed === 1 && !found.indexing) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the index is not finished");
}

describe("an index as it describes itself", () => {
  test("the tutorial's", async () => {
    for (const words of tutorialCommandsNamed("HSET")) await run(words);
    await tutorialIndex();
    const index = await info("idx:preferences");
    expect(index).toMatchObject({
      name: "idx:preferences",
      keyType: "HASH",
      prefixes: ["user:"],
      filter: null,
      stopWords: null,
      coverage: "all",
      documents: 6,
      percentIndexed: 1,
      failures: 0,
      lastFailure: null,
    });
    expect(index.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      "user_id TAG",
      "content TEXT",
      "importance NUMERIC",
      "timestamp NUMERIC",
      "embedding VECTOR",
    ]);
    const { vector, user } = memoryFields(index);
    expect(vector?.vector).toEqual({
      algorithm: "HNSW",
      dataType: "FLOAT32",
      dimensions: 8,
      metric: "COSINE",
    });
    expect(user?.options).toEqual([{ name: "SEPARATOR", value: "," }]);
    expect(index.sizes.totalBytes).toBeGreaterThan(index.sizes.vectorBytes);
  });

  test("one with everything else", async () => {
    await run(
      "FT.CREATE idx:odd ON HASH PREFIX 2 user: other: FILTER @importance>3 STOPWORDS 2 foo bar SCHEMA user_id AS who TAG SEPARATOR ; CASESENSITIVE SORTABLE content TEXT NOSTEM WEIGHT 2 SORTABLE vec VECTOR FLAT 8 TYPE FLOAT64 DIM 3 DISTANCE_METRIC L2 INITIAL_CAP 10".split(
        " ",
      ),
    );
    const index = await info("idx:odd");
    expect(index).toMatchObject({
      prefixes: ["user:", "other:"],
      filter: "@importance>3",
      stopWords: ["bar", "foo"],
    });
    const fields = memoryFields(index);
    expect(fields.user).toMatchObject({
      name: "who",
      flags: expect.arrayContaining(["CASESENSITIVE", "SORTABLE"]),
    });
    expect(fields.user?.options).toContainEqual({ name: "SEPARATOR", value: ";" });
    expect(fields.content?.flags).toEqual(expect.arrayContaining(["NOSTEM", "SORTABLE"]));
    expect(fields.vector?.vector).toEqual({
      algorithm: "FLAT",
      dataType: "FLOAT64",
      dimensions: 3,
      metric: "L2",
    });
    expect(fields.importance).toBeNull();
  });

  test("a counter that wrapped below zero is not 18,000 PB", () => {
    const { sizes } = parseIndexInfo([
      ...["index_name", "idx", "inverted_sz_mb", "1", "key_table_size_mb", "17592186044416"],
      ...["vector_index_sz_mb", "-nan", "doc_table_size_mb", "0.5"],
    ]);
    expect(sizes).toEqual({
      totalBytes: 1_572_864,
      vectorBytes: 0,
      invertedBytes: 1_048_576,
      otherBytes: 524_288,
    });
  });

  test("failures, with key and reason", async () => {
    await tutorialIndex();
    await run(["HSET", "user:bob:pref:001", "user_id", "bob", "embedding", "abc"]);
    await run(["HSET", "user:bob:pref:002", "user_id", "bob", "importance", "high"]);
    const index = await info("idx:preferences");
    expect(index.failures).toBe(2);
    expect(index.lastFailure?.key.toString()).toBe("user:bob:pref:002");
    expect(index.lastFailure?.reason).toContain("Invalid numeric value");
    expect(index.fields.map(({ failures }) => failures)).toEqual([0, 0, 1, 0, 1]);
    expect(index.fields[4]?.lastFailure?.key.toString()).toBe("user:bob:pref:001");
    expect(index.fields[4]?.lastFailure?.reason).toContain("blob size 3 (expected size 32)");
  });
});

describe("the index in force", () => {
  test("adopted before configured before the only one that covers people", async () => {
    const state = async () => {
      const active = await activeIndex(store, store);
      return active.state === "active" ? `${active.chosenBy} ${active.index.name}` : active.state;
    };
    expect(await state()).toBe("none");
    await create("idx:elsewhere", "other:");
    expect(await state()).toBe("none");
    await create("idx:one");
    expect(await state()).toBe("only idx:one");
    await create("idx:two", "user");
    expect(await state()).toBe("none");
    await tutorialIndex();
    expect(await state()).toBe("configured idx:preferences");
    await run(["SET", consoleKeys.adoptedIndex(), "idx:two"]);
    expect(await state()).toBe("adopted idx:two");
    await run(["FT.DROPINDEX", "idx:two"]);
    expect(await state()).toBe("configured idx:preferences");
    expect(await activeIndex(store, store)).toMatchObject({ missingAdopted: "idx:two" });
  });

  test("MEMORY_INDEX may be an alias", async () => {
    await create("idx:real-1");
    await create("idx:real-2");
    await run(["FT.ALIASADD", "idx:preferences", "idx:real-2"]);
    expect(await activeIndex(store, store)).toMatchObject({
      chosenBy: "configured",
      index: { name: "idx:real-2" },
    });
    expect((await describeIndexes(store)).indexes.map(({ name }) => name)).toEqual([
      "idx:real-1",
      "idx:real-2",
    ]);
  });

  test("found by its name where a Redis user may not list indexes", async () => {
    // To the ACL the name of an index is the name of a key, read and written (measured).
    const rights = "on >word resetchannels %R~user:* ~idx:preferences -@all +hello +ft.search +ft.info";
    await run(["ACL", "SETUSER", "reader", ...rights.split(" ")]);
    const reader = new Store(redis.url().replace("//", "//reader:word@"));
    try {
      // Whether there are others nobody can say, so not "none".
      await expect(activeIndex(reader, store)).rejects.toThrow(/^NOPERM/);
      await tutorialIndex();
      expect(await activeIndex(reader, store)).toMatchObject({
        state: "active",
        chosenBy: "configured",
        listed: false,
        index: { name: "idx:preferences" },
      });
      await run(["ACL", "SETUSER", "reader", "-ft.info"]);
      await expect(activeIndex(reader, store)).rejects.toThrow(/^NOPERM/);
    } finally {
      reader.close();
      await run(["ACL", "DELUSER", "reader"]);
    }
  });

  test("a Redis without the Query Engine has none", async () => {
    const plain = await startRedisServer({ queryEngine: false });
    const other = new Store(plain.url);
    try {
      expect(await activeIndex(other, store)).toEqual({ state: "no-engine", index: null });
      await expect(describeIndexes(other)).rejects.toMatchObject({ code: "no_query_engine" });
    } finally {
      other.close();
      await plain.remove();
    }
  });
});
