import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createMasker } from "../../masking";
import { subjectOf } from "../../subjects";
import { CANARY, CANARY_ID, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { jobContext } from "../jobs/test-kit";
import { memoryKey } from "../keys";
import { DEFAULT_SETTINGS } from "../recall/rules";
import { createIndex } from "../recall/test-kit";
import { Store } from "../store/store";
import { compareSides } from "./compare";
import { maskComparison, maskSetDetail, maskSetList } from "./mask";
import { importQuestions } from "./questions";
import { startRun } from "./run";
import { readRuns } from "./run-store";
import { listSets, readSet } from "./sets";
import { newSet } from "./test-kit";

const redis = testRedis();
let store: Store;
let set: string;

beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store.close());

beforeEach(async () => {
  await redis.flush();
  await createIndex(store);
  const key = memoryKey(CANARY_ID, Buffer.from(CANARY.category), Buffer.from("7654321"));
  await store.command("HSET", key, "user_id", CANARY_ID, "content", CANARY.memory);
  set = await newSet(store, `What ${CANARY.id} asks`);
  const line = { user: CANARY.id, query: CANARY.message, expect: [`${CANARY.category}:7654321`] };
  await importQuestions(store, { set, lines: JSON.stringify(line) });
  const settings = ["One", "Two"].map((name) => ({
    name,
    settings: { ...DEFAULT_SETTINGS, mode: "text" as const, beginningWeight: name === "One" ? 0 : 1 },
  }));
  await (await startRun(jobContext(store), { set, by: "dora", settings })).finished;
});

async function comparison() {
  const [run] = await readRuns(store, set);
  const sides = await compareSides(store, store, {
    set,
    first: { run: run!.id, setting: 0 },
    second: { run: run!.id, setting: 1 },
  });
  const { shown } = await readSet(store, store, { set, page: 1 });
  // Both settings find the same: put in by hand, so that there is something to hide.
  return { ...sides, better: [{ question: shown[0]!, first: [null], second: [1] }] };
}

test("the canary is seen without a mask, and nothing of it through one", async () => {
  const answers = [await listSets(store), await readSet(store, store, { set, page: 1 }), await comparison()];
  expect(leaks(answers)).toEqual(expect.arrayContaining(["kestrel", "finch", "quinoazole", "wrenna"]));
  const masked = [
    maskSetList(await listSets(store)),
    maskSetDetail(await readSet(store, store, { set, page: 1 }), hidesAll),
    maskComparison(await comparison(), hidesAll),
  ];
  expect(leaks(masked)).toEqual([]);
  expect(masked[1]).toMatchObject({
    questions: 1,
    runs: [{ questions: 1, settings: [{ name: "One" }, { name: "Two" }] }],
    shown: [{ userLabel: expect.stringMatching(/^person-/), masked: true }],
  });
});

test("a revealed person's questions are whole", async () => {
  const revealed = createMasker((subject) => subject === subjectOf(CANARY_ID));
  const whole = await readSet(store, store, { set, page: 1 });
  expect(maskSetDetail(whole, revealed).shown).toEqual(whole.shown);
  const compared = await comparison();
  expect(maskComparison(compared, revealed)).toEqual(compared);
});
