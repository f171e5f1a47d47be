import { afterAll, beforeEach, expect, test } from "vitest";
import { createMasker } from "../../masking";
import { subjectOf } from "../../subjects";
import { CANARY, CANARY_ID, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { eraseConsoleState } from "../erasure/console-state";
import { startJob } from "../jobs/run-job";
import { jobContext } from "../jobs/test-kit";
import { memoryKey } from "../keys";
import { Store } from "../store/store";
import { checkJob } from "./check";
import { maskDoctor } from "./mask";
import { readDoctor } from "./operations";
import { createIndex } from "./test-kit";

const INDEX = "idx:preferences";
const redis = testRedis();
let store: Store;
const read = () => readDoctor(store, store, { index: INDEX });

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
  await createIndex(store);
  const key = memoryKey(CANARY_ID, Buffer.from(CANARY.category), Buffer.from("001"));
  await store.command("HSET", key, "content", CANARY.memory, "embedding", CANARY.value);
  const job = await startJob(jobContext(store), checkJob, {
    scope: INDEX,
    input: { index: INDEX, deep: false },
  });
  await job.finished;
});
afterAll(() => store.close());

test("of an example stays its fault and its person's pseudonym", async () => {
  const before = await read();
  expect(leaks(before)).not.toEqual([]);
  const after = maskDoctor(before, hidesAll);
  expect(leaks(after)).toEqual([]);
  expect(after.examples).toEqual([
    {
      fault: "wrong-length",
      user: { ref: before.examples[0]!.user.ref, label: expect.stringMatching(/^person-/) },
      memoryRef: before.examples[0]!.memoryRef,
    },
  ]);
  expect(after.check?.state?.faults["wrong-length"].embed).toBe(1);
});

test("examples go with their person", async () => {
  await eraseConsoleState(store, Buffer.from(CANARY_ID));
  expect((await read()).examples).toEqual([]);
});

test("an example of a revealed person is whole", async () => {
  const before = await read();
  const revealed = createMasker((subject) => subject === subjectOf(CANARY_ID));
  expect(maskDoctor(before, revealed)).toEqual(before);
});

test("what is added one day is not let through unseen", async () => {
  const before = await read();
  const grown = {
    ...before,
    added: CANARY.id,
    examples: before.examples.map((example) => ({ ...example, content: CANARY.memory })),
  };
  expect(leaks(maskDoctor(grown, hidesAll))).toEqual([]);
});
