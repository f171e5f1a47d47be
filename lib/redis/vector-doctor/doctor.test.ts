/** The doctor finds exactly what was planted, mends it, and touches nothing else. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { snapshot } from "../../testing/keyspace";
import { testRedis } from "../../testing/redis";
import { startJob } from "../jobs/run-job";
import { jobContext } from "../jobs/test-kit";
import { vectorFieldNames } from "../memory-vectors";
import { EXAMPLES_PER_FAULT, readExamples } from "../query-engine/fault-examples";
import { bindModel } from "../query-engine/index-models";
import { toPairs } from "../store/reply";
import { Store } from "../store/store";
import { checkJob } from "./check";
import { type CureCounts, FAULTS, type Fault, noFaults, totalOf } from "./faults";
import { dryRunJob, startRepair } from "./repair";
import { curableOf, faultyOf } from "./states";
import { createIndex, MODEL, type Planted, plant, write } from "./test-kit";

const MEMORIES = 5_000;
const INDEX = "idx:preferences";
const SEED = Number(process.env.DOCTOR_SEED ?? Math.floor(Math.random() * 1e9));

const redis = testRedis({ args: ["--enable-debug-command", "yes"] });
const state = testRedis();
let store: Store;
let consoleStore: Store;
let planted: Planted[];
const context = () => jobContext(store, { console: consoleStore });
const check = async (deep = false) =>
  (await startJob(context(), checkJob, { scope: INDEX, input: { index: INDEX, deep } })).finished;
const everything = { index: INDEX, faults: [...FAULTS], deep: false, pace: "brisk" as const };
const dryRun = async () =>
  (await startJob(context(), dryRunJob, { scope: INDEX, input: everything })).finished;
const repair = async () => (await startRepair(context(), everything)).finished;

/** Fault and cure of each planted memory, counted. */
function expected(): Record<Fault, CureCounts> {
  const cures = { "byte-order": "swap", float64: "narrow", text: "parse" } as const;
  const faults = noFaults();
  for (const { fault, hasText } of planted) {
    if (fault === null) continue;
    const direct = fault in cures ? cures[fault as keyof typeof cures] : null;
    faults[fault][direct ?? (hasText ? "embed" : "no-text")] += 1;
  }
  return faults;
}

beforeAll(async () => {
  store = new Store(redis.url());
  consoleStore = new Store(state.url());
  planted = plant(MEMORIES, { seed: SEED, share: 0.06 });
  await write(
    store,
    planted.map(({ command }) => command),
  );
  // What lies beside memories in a real store.
  await write(store, [
    ["LPUSH", "user:person-1:history:s1", "{}"],
    ["HSET", "user:person-1:rate_limit", "requests_per_minute", 3],
    ["SET", "user:person-2:pref:99999", "no hash at all"],
    ["HSET", "other:thing:1", "content", "not a person's", "embedding", "abc"],
    ["EXPIRE", planted[0]!.key, 100_000],
    ["EXPIRE", planted.find(({ fault }) => fault === "byte-order")!.key, 100_000],
    ["HEXPIRE", planted.find(({ fault }) => fault === "text")!.key, 90_000, "FIELDS", 1, "embedding"],
  ]);
  await createIndex(store);
  await bindModel(consoleStore, INDEX, MODEL);
}, 120_000);
afterAll(() => {
  store.close();
  consoleStore.close();
});

describe.sequential(`among ${MEMORIES} memories (DOCTOR_SEED=${SEED})`, () => {
  let before: Map<string, string>;

  test("the check finds exactly the planted faults, and changes nothing", async () => {
    before = await snapshot(store);
    const end = await check();
    expect(end).toMatchObject({ status: "done", state: { memories: MEMORIES } });
    expect(end.state?.faults).toEqual(expected());
    expect(await snapshot(store)).toEqual(before);
    const examples = await readExamples(consoleStore, INDEX);
    for (const fault of FAULTS) {
      const count = examples.filter((example) => example.fault === fault).length;
      expect(count).toBe(Math.min(EXAMPLES_PER_FAULT, totalOf(expected()[fault])));
    }
    // Neither the record nor the examples hold an id in clear.
    expect(JSON.stringify([end, examples])).not.toContain("person-");
  }, 60_000);

  test("no repair without a dry run of the same", async () => {
    await expect(repair()).rejects.toMatchObject({ code: "conflict" });
  });

  test("the dry run says what would be done, and does nothing", async () => {
    const end = await dryRun();
    expect(end.state?.faults).toEqual(expected());
    expect(await snapshot(store)).toEqual(before);
    await expect(startRepair(context(), { ...everything, faults: ["missing"] })).rejects.toMatchObject({
      code: "conflict",
    });
  }, 60_000);

  test("the repair does it, and every other key and field is byte-identical", async () => {
    const sick = planted.filter(({ fault, hasText }) => fault !== null && hasText);
    const fieldsBefore = await fieldsOf(sick);
    const end = await repair();
    expect(end).toMatchObject({ status: "done", state: { changed: 0, gone: 0 } });
    expect(end.state?.faults).toEqual(expected());
    const touched = new Set(sick.map(({ key }) => key.toString("latin1")));
    const others = (all: Map<string, string>) => [...all].filter(([key]) => !touched.has(key));
    const after = await snapshot(store);
    expect(others(after)).toEqual(others(before));
    expect([...after.keys()]).toEqual([...before.keys()]);
    const own = vectorFieldNames();
    const foreign = (all: Map<string, string>[]) =>
      all.map((fields) => [...fields].filter(([name]) => !own.includes(name)).sort());
    expect(foreign(await fieldsOf(sick))).toEqual(foreign(fieldsBefore));
  }, 120_000);

  test("lives of keys and fields are what they were", async () => {
    const swapped = planted.find(({ fault }) => fault === "byte-order")!;
    const parsed = planted.find(({ fault }) => fault === "text")!;
    expect(Number(await store.command("TTL", swapped.key))).toBeGreaterThan(90_000);
    const [life] = (await store.command("HTTL", parsed.key, "FIELDS", 1, "embedding")) as number[];
    expect(life).toBeGreaterThan(80_000);
  });

  test("the second look finds none but those without a text, and the index holds all but them", async () => {
    const end = await check();
    const without = planted.filter(({ hasText }) => !hasText).length;
    expect(faultyOf(end.state!)).toBe(without);
    expect(curableOf(end.state!)).toBe(0);
    const wrong = planted.filter(({ fault, hasText }) => fault === "wrong-length" && !hasText).length;
    const empty = planted.filter(({ fault, hasText, command }) => {
      return fault === "missing" && !hasText && command.includes("embedding");
    }).length;
    const reply = (await store.command("FT.SEARCH", INDEX, "*", "LIMIT", 0, 0, "DIALECT", 2)) as number[];
    // The counters' hash is a document too.
    expect(reply[0]).toBe(MEMORIES + 1 - wrong - empty);
  }, 60_000);
});

async function fieldsOf(some: readonly Planted[]): Promise<Map<string, string>[]> {
  const replies = await store.pipeline(some.map(({ key }) => ["HGETALL", key] as const));
  return replies.map(
    (reply) =>
      new Map(
        toPairs(reply).map(([name, value]) => [name.toString("utf8"), (value as Buffer).toString("hex")]),
      ),
  );
}
