/** Runs on a real Redis: every question with every setting, kept, compared, gone on with after a pause. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { readJob } from "../jobs/job-state";
import { resumeJob } from "../jobs/run-job";
import { jobContext } from "../jobs/test-kit";
import { DEFAULT_SETTINGS } from "../recall/rules";
import { Store } from "../store/store";
import { compareSides } from "./compare";
import { readQuestions } from "./question-store";
import { deleteQuestion, importQuestions } from "./questions";
import { RUNS_KEPT } from "./rules";
import { runJob, startRun } from "./run";
import { RUN_KIND } from "./run-kind";
import type { RunState } from "./run-state";
import { keepRun, readOutcomes, readRuns } from "./run-store";
import { deleteSet, listSets, readSet } from "./sets";
import { ALICE, LINES, newSet, writeAliceMemories } from "./test-kit";

const redis = testRedis();
let store: Store;
let set: string;
const WORDS = { name: "Words", settings: { ...DEFAULT_SETTINGS, mode: "text" as const } };
const ONE = { name: "Whole words", settings: { ...WORDS.settings, beginningWeight: 0 } };
const BOTH = { name: "Both", settings: DEFAULT_SETTINGS };

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());

beforeEach(async () => {
  await redis.flush();
  await writeAliceMemories(store);
  set = await newSet(store);
  await importQuestions(store, { set, lines: LINES });
});

async function finishedRun(settings = [WORDS, BOTH]) {
  const { finished } = await startRun(jobContext(store), { set, by: "dora", settings });
  const record = await finished;
  expect(record).toMatchObject({ status: "done", reason: null });
  return record;
}

test("a run says how good each setting is, and how they differ", async () => {
  const record = await finishedRun();
  expect(record.state).toMatchObject({ done: 6, total: 6, settings: [{ done: 3 }, { done: 3 }] });
  const [run] = await readRuns(store, set);
  expect(run).toMatchObject({ by: "dora", questions: 3, missing: 0 });
  const [words, both] = run!.settings;
  expect(words).toMatchObject({ name: "Words", partial: 0 });
  expect(words!.recall[5].mean).toBe(1);
  expect(words!.mrr.mean).toBe(1);
  // Of the third question two memories are expected, and one of them can be the first.
  expect(words!.recall[1].mean).toBeCloseTo((1 + 1 + 0.5) / 3, 10);
  // Vectors of 8 dimensions fit no model here: what is called both is words alone, and that is said.
  expect(both).toMatchObject({ name: "Both", partial: 3 });
  expect(run!.differences).toMatchObject([{ first: 1, second: 0, recallAt5: { mean: 0 } }]);
  expect((await listSets(store)).sets[0]!.lastRun).toMatchObject({ best: { recallAt5: 1 } });
  expect(await readSet(store, store, { set, page: 1 })).toMatchObject({
    runs: [{ id: run!.id }],
    job: { status: "done", kind: RUN_KIND },
  });
});

test("what was expected and is gone is counted, and misses", async () => {
  await store.command("UNLINK", "user:alice:personal:001");
  await finishedRun([WORDS]);
  const [run] = await readRuns(store, set);
  expect(run).toMatchObject({ missing: 1, questions: 3 });
  expect(run!.settings[0]!.recall[5].mean).toBeCloseTo(2 / 3, 10);
});

test("two settings are compared question by question", async () => {
  const more = { user: "alice", query: "appoi", expect: ["pref:001"] };
  await importQuestions(store, { set, lines: JSON.stringify(more) });
  await finishedRun([ONE, WORDS]);
  const [run] = await readRuns(store, set);
  const sides = (first: number, second: number) => ({
    set,
    first: { run: run!.id, setting: first },
    second: { run: run!.id, setting: second },
  });
  const compared = await compareSides(store, store, sides(0, 1));
  expect(compared).toMatchObject({
    better: [{ question: { query: "appoi" }, first: [null], second: [1] }],
    worse: [],
    same: 3,
    left: 0,
  });
  expect(await compareSides(store, store, sides(1, 0))).toMatchObject({
    better: [],
    worse: [{ first: [1], second: [null] }],
  });
  const [gone] = await readQuestions(store, set);
  await deleteQuestion(store, { set, id: gone!.id, userId: ALICE });
  expect(await compareSides(store, store, sides(0, 1))).toMatchObject({ left: 1 });
  await expect(compareSides(store, store, { ...sides(0, 4) })).rejects.toMatchObject({ code: "not_found" });
});

test("a run that was cut off asks what is left, and no more", async () => {
  const context = jobContext(store);
  const state: RunState = {
    done: 0,
    total: 0,
    runId: "",
    settings: [],
    questions: 0,
  };
  // The work itself, stopped after its third step: nothing, then two settings' first batches.
  const steps = runJob.run(context, { set, by: "dora", settings: [WORDS, BOTH] }, null);
  for (let step = 0; step < 2; step += 1) Object.assign(state, (await steps.next()).value);
  await steps.return();
  expect(state).toMatchObject({ done: 3, total: 6 });
  expect(await readRuns(store, set)).toEqual([]);
  const asked: number[] = [];
  for await (const { done } of runJob.run(context, { set, by: "dora", settings: [WORDS, BOTH] }, state))
    asked.push(done);
  expect(asked).toEqual([3, 6]);
  expect(await readOutcomes(store, state.runId)).toHaveLength(6);
  expect(await readRuns(store, set)).toMatchObject([{ id: state.runId, questions: 3 }]);
});

test("an empty set is not run, and a deleted one stops", async () => {
  const empty = await newSet(store, "Empty");
  await expect(
    startRun(jobContext(store), { set: empty, by: "dora", settings: [WORDS] }),
  ).rejects.toMatchObject({
    code: "conflict",
  });
  await finishedRun();
  expect(await deleteSet(store, { set })).toEqual({ questions: 3, runs: 1 });
  expect(await readJob(store, set, RUN_KIND)).toBeNull();
  await expect(resumeJob(jobContext(store), runJob, { scope: set })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("the oldest runs go", async () => {
  await finishedRun([WORDS]);
  const [run] = await readRuns(store, set);
  for (let at = 1; at <= RUNS_KEPT; at += 1) {
    await keepRun(store, set, { ...run!, id: `later-${at}`, atMs: run!.atMs + at });
  }
  const kept = await readRuns(store, set);
  expect(kept).toHaveLength(RUNS_KEPT);
  expect(kept.some(({ id }) => id === run!.id)).toBe(false);
  expect(await readOutcomes(store, run!.id)).toEqual([]);
});
