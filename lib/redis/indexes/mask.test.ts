import { afterAll, beforeEach, expect, test } from "vitest";
import { createMasker, MASK } from "../../masking";
import { subjectOf } from "../../subjects";
import { CANARY, CANARY_ID, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { memoryKey } from "../keys";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { maskIndexes } from "./mask";
import { readIndexes } from "./operations";

const redis = testRedis();
let store: Store;
const read = () => readIndexes(store, store);
const SCHEMA = "user_id TAG content TEXT importance NUMERIC embedding VECTOR HNSW 6 TYPE FLOAT32 DIM 8";
const run = (words: string, ...more: (string | Buffer)[]) =>
  store.command(...([...words.split(" "), ...more] as unknown as Command));

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
  await run(`FT.CREATE idx:preferences ON HASH PREFIX 1 user: SCHEMA ${SCHEMA} DISTANCE_METRIC COSINE`);
  const key = (category: string, number: string) =>
    memoryKey(CANARY_ID, Buffer.from(category), Buffer.from(number));
  await store.command("HSET", key(CANARY.category, "7654321"), "importance", CANARY.value);
  await store.command("HSET", key("pref", "001"), "embedding", CANARY.memory);
});
afterAll(() => store.close());

test("the canary is seen without a mask", async () => {
  expect(leaks(await read())).toEqual(expect.arrayContaining(["kestrel", "finch", "dotterel"]));
});

test("of a failure stay its cause and its person's pseudonym", async () => {
  const before = await read();
  const after = maskIndexes(before, hidesAll);
  expect(leaks(after)).toEqual([]);
  const failures = after.indexes[0]!.fields.flatMap(({ lastFailure }) => lastFailure ?? []);
  expect(failures).toHaveLength(2);
  expect(failures.map(({ reason }) => reason)).toEqual([
    "Invalid numeric value",
    expect.stringMatching(/^Could not add vector with blob size \d+ \(expected size 32\)$/),
  ]);
  expect(failures[1]).toMatchObject({
    keyText: expect.stringMatching(/^user:person-[2-9a-z]{6}:pref:001$/),
    user: { label: expect.stringMatching(/^person-/) },
    memoryRef: before.indexes[0]!.fields.at(-1)!.lastFailure!.memoryRef,
    masked: true,
  });
  expect(after).toMatchObject({ engine: true, active: before.active, userKeyPrefix: "user:" });
});

test("a failure of a revealed person is whole", async () => {
  const before = await read();
  const revealed = createMasker((subject) => subject === subjectOf(CANARY_ID));
  expect(before).toMatchObject(maskIndexes(before, revealed));
  expect(leaks(maskIndexes(before, revealed))).toEqual(leaks(before));
});

test("an index over one person's keys does not say whose", async () => {
  await run(
    `FT.CREATE idx:one ON HASH PREFIX 1 user:${CANARY.id}: FILTER @user_id=='${CANARY.id}' SCHEMA ${SCHEMA} DISTANCE_METRIC L2`,
  );
  const before = await read();
  expect(leaks(before.indexes.find(({ name }) => name === "idx:one"))).not.toEqual([]);
  const after = maskIndexes(before, hidesAll);
  expect(leaks(after)).toEqual([]);
  expect(after.indexes.find(({ name }) => name === "idx:one")).toMatchObject({
    prefixes: [`user:${MASK}`],
    filter: MASK,
  });
  expect(after.indexes.find(({ name }) => name === "idx:preferences")?.prefixes).toEqual(["user:"]);
});

test("what the engine may say one day, and what is added one day, is not let through unseen", async () => {
  const state = await read();
  const failure = state.indexes[0]!.fields.at(-1)!.lastFailure!;
  const grown = {
    ...state,
    indexes: state.indexes.map((index) => ({
      ...index,
      added: CANARY.id,
      lastFailure: { ...failure, reason: `Cannot take “${CANARY.memory}”`, added: CANARY.value },
      fields: index.fields.map((field) => ({ ...field, added: CANARY.field })),
    })),
  };
  const after = maskIndexes(grown, hidesAll);
  expect(leaks(after)).toEqual([]);
  expect(after.indexes[0]?.lastFailure?.reason).toBe("The value does not fit the field");
});

test("a failure that speaks of nobody known keeps no name at all", async () => {
  const state = await read();
  const failure = { keyText: CANARY.id, user: null, memoryRef: null, reason: CANARY.value, held: null };
  const odd = { ...state, indexes: state.indexes.map((index) => ({ ...index, lastFailure: failure })) };
  expect(leaks(maskIndexes(odd, hidesAll))).toEqual([]);
});
