/** Long work on a store that several nodes hold together: it must come to what it comes to on one server. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { importQuestions } from "../redis/evaluation/questions";
import { startRun } from "../redis/evaluation/run";
import { readRuns } from "../redis/evaluation/run-store";
import { createSet } from "../redis/evaluation/sets";
import { createIndex } from "../redis/indexes/create-index";
import { startRebuild } from "../redis/indexes/rebuild";
import { newIndex, remember } from "../redis/indexes/test-kit";
import { startJob } from "../redis/jobs/run-job";
import { jobContext } from "../redis/jobs/test-kit";
import { type BulkInput, bulkJob } from "../redis/memories/bulk-job";
import { type BulkScope, sealOrder } from "../redis/memories/bulk-scope";
import type { BulkChange } from "../redis/memories/types";
import { bindModel } from "../redis/query-engine/index-models";
import { DEFAULT_SETTINGS } from "../redis/recall/rules";
import { Store } from "../redis/store/store";
import { checkJob } from "../redis/vector-doctor/check";
import { FAULTS, noFaults, totalOf } from "../redis/vector-doctor/faults";
import { dryRunJob, startRepair } from "../redis/vector-doctor/repair";
import { curableOf } from "../redis/vector-doctor/states";
import { DIMENSIONS, MODEL, plant, createIndex as plantIndex, write } from "../redis/vector-doctor/test-kit";
import { sealRef } from "../refs";
import { subjectOf } from "../subjects";
import { snapshotOf } from "./keyspace";
import { startRedisServer, type TestServer } from "./redis";
import { startRedisCluster, type TestCluster, until } from "./redis-cluster";

const INDEX = "idx:preferences";
const userId = Buffer.from("alice");
const subject = subjectOf(userId);
let cluster: TestCluster;
let own: TestServer;
let store: Store;
let consoleStore: Store;
const snapshot = () => snapshotOf(cluster.primaries);
const context = (some = {}) => jobContext(store, { console: consoleStore, ...some });

beforeAll(async () => {
  [cluster, own] = await Promise.all([startRedisCluster({ queryEngine: true }), startRedisServer()]);
  store = new Store(cluster.url);
  consoleStore = new Store(own.url);
  await until(() =>
    store.command("PING").then(
      () => true,
      () => false,
    ),
  );
}, 60_000);
afterAll(async () => {
  store?.close();
  consoleStore?.close();
  await Promise.all([cluster?.remove(), own?.remove()]);
});

test("the doctor finds what was planted on every node, mends it, and touches nothing else", async () => {
  const planted = plant(600, { seed: 7, share: 0.2 });
  await write(
    store,
    planted.map(({ command }) => command),
  );
  await plantIndex(store);
  await bindModel(consoleStore, INDEX, MODEL);
  const before = await snapshot();
  const input = { index: INDEX, deep: false };
  const check = async () => (await startJob(context(), checkJob, { scope: INDEX, input })).finished;
  const first = await check();
  expect(first).toMatchObject({ status: "done", state: { memories: 600 } });
  const counted = FAULTS.map((fault) => totalOf(first.state?.faults[fault] ?? noFaults()[fault]));
  expect(counted).toEqual(FAULTS.map((fault) => planted.filter((one) => one.fault === fault).length));
  const everything = { index: INDEX, faults: [...FAULTS], deep: false, pace: "brisk" as const };
  await (await startJob(context(), dryRunJob, { scope: INDEX, input: everything })).finished;
  expect(await snapshot()).toEqual(before);
  const mended = await (await startRepair(context(), everything)).finished;
  expect(mended).toMatchObject({ status: "done", state: { changed: 0, gone: 0 } });
  expect(curableOf((await check()).state!)).toBe(0);
  const sick = new Set(planted.filter(({ fault }) => fault).map(({ key }) => key.toString("latin1")));
  const healthy = (all: Map<string, string>) => [...all].filter(([key]) => !sick.has(key)).sort();
  expect(healthy(await snapshot())).toEqual(healthy(before));
}, 120_000);

test("memories of one person on all nodes are changed at once; what has to move to another node is refused and said", async () => {
  await store.pipeline(
    Array.from({ length: 60 }, (_, at) => {
      const key = `user:alice:pref:${String(at + 1).padStart(3, "0")}`;
      return ["HSET", key, "user_id", "alice", "content", `fact ${at}`, "importance", 1 + (at % 10)] as const;
    }),
  );
  const run = async (change: BulkChange, scope: BulkScope = { filter: { category: "pref" } }) => {
    const order = sealOrder(subject, { scope, change });
    const by = { id: "dora", name: "Dora" };
    const input: BulkInput = { user: sealRef("user", userId), by, what: change.what, order };
    const { finished } = await startJob(context({ subject }), bulkJob, { scope: subject, input });
    return finished;
  };
  const importance = await run({ what: "importance", importance: 7 });
  expect(importance).toMatchObject({ status: "done", state: { done: 60, total: 60 } });
  const values = await store.pipeline(
    Array.from(
      { length: 60 },
      (_, at) => ["HGET", `user:alice:pref:${String(at + 1).padStart(3, "0")}`, "importance"] as const,
    ),
  );
  expect(new Set(values.map(String))).toEqual(new Set(["7"]));
  const before = await snapshot();
  const moved = await run({ what: "category", category: "work" });
  expect(moved).toMatchObject({ status: "failed", code: "store_refused", state: { changed: 0 } });
  expect(moved.reason).toMatch(/^This cluster keeps the old and the new name on different nodes/);
  expect(await snapshot()).toEqual(before);
  expect(await run({ what: "delete" })).toMatchObject({ status: "done", state: { done: 60, changed: 60 } });
  const left = [...(await snapshot()).keys()].filter((key) => key.startsWith("user:alice:"));
  expect(left).toEqual([]);
}, 60_000);

test("an index is rebuilt where it holds all nodes, and refused where it would lie on another; questions are run on either", async () => {
  const { searchCoversOneShard } = await store.capabilities();
  await createIndex(store, consoleStore, newIndex("idx:one", DIMENSIONS));
  await remember(store, "bob", 200, DIMENSIONS);
  const { vector } = newIndex("idx:new", DIMENSIONS);
  const order = { index: "idx:one", name: "idx:new", form: "safer", vector, model: null } as const;
  const rebuilding = startRebuild(context(), { ...order, aliases: [], adopt: true, acceptFewer: false });
  if (searchCoversOneShard) {
    await expect(rebuilding).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("one node"),
    });
  } else {
    expect(await (await rebuilding).finished).toMatchObject({ status: "done", state: { phase: "switched" } });
  }
  const { id: set } = await createSet(consoleStore, { name: "Bob's", by: "dora" });
  const line = { user: "bob", query: "number 17", expect: ["pref:18"] };
  await importQuestions(consoleStore, { set, lines: JSON.stringify(line) });
  const settings = [{ name: "Words", settings: { ...DEFAULT_SETTINGS, mode: "text" as const } }];
  const ran = await (await startRun(context(), { set, by: "dora", settings })).finished;
  expect(ran).toMatchObject({ status: "done", state: { done: 1, total: 1 } });
  const [run] = await readRuns(consoleStore, set);
  expect(run?.settings[0]?.recall[1].mean).toBe(1);
}, 60_000);
