import { afterAll, beforeAll, expect, test } from "vitest";
import { createMasker } from "../../masking";
import { subjectOf } from "../../subjects";
import { CANARY, CANARY_ID, CANARY_REF, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { writeMemory } from "../recall/test-kit";
import { Store } from "../store/store";
import { maskRemember, maskReply, maskRun, maskState, maskTurn } from "./mask";
import { rememberFact } from "./remember";
import { replyTo } from "./reply";
import { readPlayground } from "./state";
import { begin, SETTINGS, say, stepOf } from "./test-kit";

const redis = testRedis({ queryEngine: false });
let store: Store;
beforeAll(async () => {
  store = new Store(redis.url());
  const vector = new Float32Array(512).fill(0.1);
  await writeMemory(store, CANARY_ID, "finch@address:7654321", CANARY.memory, vector);
});
afterAll(() => store.close());

const of = { user: CANARY_REF };

test("no word, name, command or number of a person gets through any answer of the playground", async () => {
  const { run } = await begin(store, CANARY.id);
  expect(leaks(run)).not.toEqual([]);
  expect(leaks(maskRun(run, hidesAll))).toEqual([]);

  const turn = await say(store, CANARY_ID, CANARY.message);
  expect(stepOf(turn, "recall").hits).toHaveLength(1);
  expect(leaks(turn)).toEqual(expect.arrayContaining(["kestrel", "diabetes", "quinoazole", "finch"]));
  const masked = maskTurn(turn, hidesAll, of);
  expect(leaks(masked)).toEqual([]);
  expect(masked.steps.map(({ kind }) => kind)).toEqual(turn.steps.map(({ kind }) => kind));
  expect(masked.steps[0]!.commands[0]!.text).toMatch(/^MULTI\nHINCRBY ‹…›\n/);
  expect(stepOf(masked, "limit").hit).toEqual(stepOf(turn, "limit").hit);

  const reply = await replyTo(store, store, null, { userId: CANARY_ID, settings: SETTINGS });
  expect(leaks(reply)).not.toEqual([]);
  expect(leaks(maskReply(reply, hidesAll, of))).toEqual([]);

  const fact = { userId: CANARY_ID, category: CANARY.category, content: CANARY.memory, importance: 7 };
  const remembered = await rememberFact(store, store, fact);
  expect(leaks(remembered)).not.toEqual([]);
  expect(leaks(maskRemember(remembered, hidesAll, of))).toEqual([]);

  const state = await readPlayground(store, store, CANARY_ID);
  expect(state.messages).toHaveLength(2);
  expect(leaks(state)).not.toEqual([]);
  expect(leaks(maskState(state, hidesAll))).toEqual([]);
});

test("what the chat endpoint said of itself is told, its hint is not", async () => {
  await say(store, CANARY_ID, CANARY.message);
  const nowhere = { url: "http://127.0.0.1:1/", model: "m", budget: { attempts: 1 } };
  const failed = await replyTo(store, store, nowhere, { userId: CANARY_ID, settings: SETTINGS });
  const masked = maskReply(failed, hidesAll, of);
  expect(stepOf(masked, "reply").failure).toEqual({ message: "The chat endpoint cannot be reached." });
});

test("a revealed person has their name", async () => {
  const state = await readPlayground(store, store, CANARY_ID);
  const revealed = createMasker((subject) => subject === subjectOf(CANARY_ID));
  expect(maskState(state, revealed).person?.label).toBe(CANARY.id);
});
