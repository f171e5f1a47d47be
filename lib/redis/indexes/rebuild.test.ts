import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startRedisServer, testRedis } from "../../testing/redis";
import { cancelJob, resumeJob } from "../jobs/run-job";
import { jobContext, until } from "../jobs/test-kit";
import { activeIndex } from "../query-engine/active-index";
import { toArray, toInt } from "../store/reply";
import { Store } from "../store/store";
import { adoptIndex } from "./adopt-index";
import { setAlias } from "./aliases";
import { createIndex } from "./create-index";
import { readIndexes } from "./operations";
import { type RebuildInput, rebuildJob, startRebuild } from "./rebuild";
import { usualVector } from "./rules";
import { newIndex, remember, run, settled } from "./test-kit";

const redis = testRedis();
let store: Store;
const input: RebuildInput = {
  index: "idx:one",
  name: "idx:new",
  form: "safer",
  vector: { ...usualVector(8), m: 32 },
  model: null,
  aliases: [],
  adopt: true,
  acceptFewer: false,
};
const rebuild = async (some: Partial<RebuildInput> = {}) =>
  (await startRebuild(jobContext(store), { ...input, ...some })).finished;
const one = async (name: string) =>
  (await readIndexes(store, store)).indexes.find((index) => index.name === name);
const found = async (name: string) =>
  toInt(toArray(await run(store, ["FT.SEARCH", name, "likes", "LIMIT", "0", "0", "DIALECT", "2"]))[0]);

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());
beforeEach(async () => {
  await redis.flush();
  await createIndex(store, store, newIndex("idx:one", 8));
});

test("a search during all of it never finds less than before, by the console's choice and by the alias", async () => {
  const MEMORIES = 3_000;
  await remember(store, "alice", MEMORIES);
  await settled(store);
  await setAlias(store, store, { alias: "recall", to: "idx:one", from: null });
  const seen = new Map<string, number>();
  let fewest = Number.POSITIVE_INFINITY;
  let stop = false;
  const looking = (async () => {
    while (!stop) {
      const active = await activeIndex(store, store);
      for (const name of [active.index?.name ?? "none", "recall"]) {
        fewest = Math.min(fewest, await found(name));
        seen.set(name, (seen.get(name) ?? 0) + 1);
      }
    }
  })();
  const end = await rebuild({ aliases: ["recall"] });
  await new Promise((resolve) => setTimeout(resolve, 100));
  stop = true;
  await looking;
  expect(end).toMatchObject({
    status: "done",
    state: { phase: "switched", done: MEMORIES, total: MEMORIES },
  });
  expect(fewest).toBe(MEMORIES);
  expect([...seen.keys()].sort()).toEqual(["idx:new", "idx:one", "recall"]);
  expect(seen.get("recall")).toBeGreaterThan(20);
  expect(await activeIndex(store, store)).toMatchObject({ index: { name: "idx:new" }, chosenBy: "adopted" });
  expect((await one("idx:new"))?.uses.aliases).toEqual(["recall"]);
  // The old one is kept until somebody drops it.
  expect(await found("idx:one")).toBe(MEMORIES);
});

test("what is not asked to switch does not", async () => {
  await remember(store, "alice", 10);
  const end = await rebuild({ adopt: false });
  expect(end).toMatchObject({ status: "done", state: { phase: "built", done: 10 } });
  expect((await activeIndex(store, store)).index?.name).toBe("idx:one");
});

test("one that would hold fewer is built and not switched to; the reason stands with the job", async () => {
  await remember(store, "alice", 10);
  await settled(store);
  const end = await rebuild({ vector: usualVector(512) });
  expect(end).toMatchObject({ status: "failed", code: "conflict" });
  expect(end.reason).toContain("idx:new is complete and holds 10 fewer documents than idx:one");
  expect((await activeIndex(store, store)).index?.name).toBe("idx:one");
  const forced = await rebuild({ name: "idx:forced", vector: usualVector(512), acceptFewer: true });
  expect(forced.state?.phase).toBe("switched");
  expect((await activeIndex(store, store)).index?.name).toBe("idx:forced");
});

test("beside an index made by others it is the same index, but for its vectors", async () => {
  await run(store, [
    ..."FT.CREATE idx:theirs ON HASH PREFIX 2 user: other: FILTER @importance>3 LANGUAGE german SCORE 0.5".split(
      " ",
    ),
    ..."NOOFFSETS STOPWORDS 2 der die SCHEMA user_id TAG SEPARATOR ; SORTABLE content TEXT WEIGHT 2".split(
      " ",
    ),
    ..."NOSTEM SORTABLE importance NUMERIC SORTABLE timestamp AS ts NUMERIC NOINDEX place GEO".split(" "),
    ..."embedding VECTOR FLAT 6 TYPE FLOAT32 DIM 8 DISTANCE_METRIC L2".split(" "),
  ]);
  const theirs = await one("idx:theirs");
  await rebuild({ index: "idx:theirs", form: "same", adopt: false });
  const made = await one("idx:new");
  const facts = (index: typeof made) => ({
    ...{
      prefixes: index?.prefixes,
      filter: index?.filter,
      options: index?.options,
      stopWords: index?.stopWords,
    },
    fields: index?.fields.slice(0, -1).map(({ failures: _, lastFailure: __, ...field }) => field),
  });
  expect(facts(made)).toEqual(facts(theirs));
  expect(made?.fields.at(-1)?.vector).toMatchObject({ algorithm: "HNSW", metric: "COSINE", dimensions: 8 });
  await rebuild({ index: "idx:theirs", form: "safer", name: "idx:safer", adopt: false });
  expect(await one("idx:safer")).toMatchObject({ mixesIds: false, stopWords: [], filter: "@importance>3" });
});

test("a name or an alias that is not free, an alias that leads elsewhere, a model that cannot fit", async () => {
  await createIndex(store, store, newIndex("idx:two", 8));
  await setAlias(store, store, { alias: "recall", to: "idx:two", from: null });
  for (const name of ["idx:two", "recall"]) {
    await expect(rebuild({ name })).rejects.toMatchObject({ code: "conflict" });
  }
  await expect(rebuild({ aliases: ["recall"] })).rejects.toMatchObject({ code: "conflict" });
  await expect(rebuild({ index: "recall" })).rejects.toMatchObject({ code: "not_found" });
  const model = "universal-sentence-encoder-lite";
  await expect(rebuild({ model })).rejects.toMatchObject({ code: "dimension_mismatch" });
  expect((await readIndexes(store, store)).indexes.map(({ name }) => name)).toEqual(["idx:one", "idx:two"]);
});

test("stopped for good it switches nothing, and its half-built index stays to be dropped", async () => {
  await remember(store, "alice", 50);
  const { finished } = await startRebuild(jobContext(store), input);
  await cancelJob(jobContext(store), "idx:one", rebuildJob.kind);
  expect((await finished).status).toBe("cancelled");
  expect((await activeIndex(store, store)).index?.name).toBe("idx:one");
});

test("after a crash of Redis in the middle it goes on and ends as if nothing had been", async () => {
  const server = await startRedisServer({ appendOnly: true });
  const theirs = new Store(server.url);
  try {
    await createIndex(theirs, store, newIndex("idx:one", 8));
    await adoptIndex(theirs, store, { name: "idx:one" });
    await remember(theirs, "alice", 500);
    const context = jobContext(theirs, { console: store });
    const { finished } = await startRebuild(context, input);
    await until(async () => (await theirs.command("FT._LIST").then((list) => toArray(list).length)) === 2);
    await server.stop();
    expect((await finished).status).toBe("failed");
    await server.start();
    await until(() =>
      theirs.command("PING").then(
        () => true,
        () => false,
      ),
    );
    const resumed = await resumeJob(context, rebuildJob, { scope: "idx:one" });
    expect(await resumed.finished).toMatchObject({ status: "done", state: { phase: "switched", done: 500 } });
  } finally {
    theirs.close();
    await server.remove();
  }
});
