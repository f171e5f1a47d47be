import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { rateLimitKey } from "../keys";
import { createIndex, indexed, writeAlice } from "../recall/test-kit";
import { toBuffers, toInt, toText } from "../store/reply";
import { Store } from "../store/store";
import { rememberFact } from "./remember";
import { replyTo } from "./reply";
import { begin, SETTINGS, say, stepOf } from "./test-kit";

const redis = testRedis();
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const answer = (userId: Buffer) => replyTo(store, store, null, { userId, settings: SETTINGS });

test("counts, appends, recalls, puts the prompt together; then answers by an echo that says so", async () => {
  await createIndex(store, { dimensions: 512 });
  await writeAlice(store, true);
  await indexed(store);
  const { userId } = await begin(store, "alice");
  const turn = await say(store, userId, "when are the meetings?");
  expect(turn.outcome).toBe("ready");
  expect(turn.steps.map(({ kind }) => kind)).toEqual(["limit", "append", "recall", "history", "prompt"]);
  expect(stepOf(turn, "limit").hit).toMatchObject({ allowed: true });
  expect(stepOf(turn, "append")).toMatchObject({ type: "human", length: 1 });
  const { hits, basis } = stepOf(turn, "recall");
  expect(basis).toBe("index");
  expect(hits[0]!.content).toBe("prefers morning appointments before 10 AM");
  const { prompt, chars } = stepOf(turn, "prompt");
  expect(prompt).toHaveLength(2);
  expect(prompt[0]!.role).toBe("system");
  expect(prompt[0]!.content).toContain('- (pref, importance 9) "prefers morning appointments before 10 AM"');
  expect(prompt[1]).toEqual({ role: "user", content: "when are the meetings?" });
  expect(chars).toBe(prompt.reduce((sum, { content }) => sum + content.length, 0));

  const replied = await answer(userId);
  expect(replied.outcome).toBe("replied");
  expect(replied.text).toMatch(/^\(An echo: no chat endpoint is configured\.\) You said “when are/);
  expect(stepOf(replied, "append")).toMatchObject({ type: "ai", length: 2 });
  // One message is answered once.
  await expect(answer(userId)).rejects.toMatchObject({ code: "conflict" });

  const again = await say(store, userId, "and where?", { history: 3 });
  expect(stepOf(again, "prompt").prompt.slice(1)).toEqual([
    { role: "user", content: "when are the meetings?" },
    { role: "assistant", content: replied.text },
    { role: "user", content: "and where?" },
  ]);
});

test("shows what it sent as redis-cli takes it, with its time", async () => {
  const { userId, run } = await begin(store);
  const turn = await say(store, userId, 'says "hi" 😀');
  const id = userId.toString();
  expect(stepOf(turn, "limit").commands).toMatchObject([
    { text: expect.stringMatching(`^MULTI\nHINCRBY user:${id}:rate_limit requests_per_minute 1\n`) },
  ]);
  const append = stepOf(turn, "append").commands.map(({ text }) => text);
  const key = `user:${id}:history:playground-`;
  expect(append[0]).toMatch(`TYPE ${key}`);
  expect(append[1]).toMatch(
    /^MULTI\nLPUSH \S+ "\{\\"type\\":\\"human\\",\\"content\\":\\"says \\\\\\"hi\\\\\\" 😀/,
  );
  expect(append[1]).toMatch(/\nLTRIM \S+ 0 29\nEXPIRE \S+ 86400\nLLEN \S+\nPTTL \S+\nEXEC$/);
  expect(stepOf(turn, "history").commands[0]!.text).toMatch(/^LRANGE \S+ 0 4$/);
  expect(stepOf(turn, "recall").commands.length).toBeGreaterThan(0);
  for (const step of turn.steps.filter(({ kind }) => kind !== "prompt")) {
    expect(step.ms).toBeGreaterThan(0);
    expect(step.commands[0]!.ms).toBeGreaterThan(0);
  }
  expect(run.label).toMatch(/^playground-[2-9a-z]{10}$/);
});

test("over a limit nothing is written but the count, and it says for how long", async () => {
  const { userId, run } = await begin(store);
  await store.command(
    "HSETEX",
    rateLimitKey(userId),
    "EX",
    60,
    "FIELDS",
    1,
    "requests_per_minute",
    1_000_000,
  );
  const turn = await say(store, userId, "hello");
  expect(turn.outcome).toBe("denied");
  expect(turn.steps.map(({ kind }) => kind)).toEqual(["limit"]);
  const minute = stepOf(turn, "limit").hit.windows.find(({ name }) => name === "minute")!;
  expect(minute).toMatchObject({ allowed: false, count: 1_000_001 });
  expect(minute.resetInMs).toBeGreaterThan(50_000);
  const sessions = toBuffers(await store.command("KEYS", `user:${run.label}:history:*`));
  expect(sessions).toEqual([]);
  await expect(answer(userId)).rejects.toMatchObject({ code: "conflict" });
});

test("keeps so many messages and gives the session its life", async () => {
  const { userId, subject } = await begin(store);
  for (const word of ["a", "b", "c"]) await say(store, userId, word, { keep: 2, lifeSeconds: 3_600 });
  const [key] = toBuffers(await store.command("KEYS", `user:${userId}:history:*`));
  expect(toInt(await store.command("LLEN", key!))).toBe(2);
  expect(toInt(await store.command("TTL", key!))).toBeGreaterThan(3_590);
  expect(subject).not.toContain(userId.toString());
});

test("where recall fails the prompt goes without memories, and says why", async () => {
  const { userId } = await begin(store);
  await createIndex(store, { dimensions: 8 });
  // The index's vectors are of another length, so meaning alone finds nothing to look with.
  const turn = await say(store, userId, "hello", { mode: "vector" });
  const recall = stepOf(turn, "recall");
  expect(recall.hits).toEqual([]);
  expect(recall.notices).toMatchObject([{ kind: "dimension-mismatch" }]);
  expect(stepOf(turn, "prompt").prompt[0]!.content).toContain("You remember nothing");
});

test("a message of another shape stays out of the prompt, and is counted", async () => {
  const { userId } = await begin(store);
  await say(store, userId, "one");
  const [key] = toBuffers(await store.command("KEYS", `user:${userId}:history:*`));
  await store.command(
    "LPUSH",
    key!,
    "not json",
    '{"type":"tool","content":"x"}',
    '{"type":"ai","content":5}',
  );
  const turn = await say(store, userId, "two", { history: 50 });
  expect(stepOf(turn, "history")).toMatchObject({ read: 5, odd: 3 });
  expect(stepOf(turn, "prompt").prompt.slice(1)).toEqual([
    { role: "user", content: "one" },
    { role: "user", content: "two" },
  ]);
});

test("a fact is saved with its vector under the next number, and recalled by the next message", async () => {
  await createIndex(store, { dimensions: 512 });
  const { userId } = await begin(store);
  const fact = { userId, category: "pref", content: "drinks oat milk in the morning", importance: 7 };
  const { step } = await rememberFact(store, store, fact);
  expect(step).toMatchObject({ category: "pref", number: "001", dimensions: 512, lifeSeconds: 86_400 });
  const second = await rememberFact(store, store, { ...fact, content: "has a dog" });
  expect(second.step.number).toBe("002");
  const key = `user:${userId}:pref:001`;
  expect(toText(await store.command("HGET", key, "embedding_model"))).toBe(step.model);
  expect(toInt(await store.command("HSTRLEN", key, "embedding"))).toBe(2_048);
  expect(toInt(await store.command("TTL", key))).toBeGreaterThan(86_000);
  expect(step.commands[0]!.text).toMatch(/^EVAL .* 1 user:playground-\w+:pref:001 86400 user_id playground-/);
  await indexed(store);
  const turn = await say(store, userId, "what milk do I like?");
  expect(stepOf(turn, "recall").hits[0]!.content).toBe(fact.content);
  await expect(rememberFact(store, store, { ...fact, category: "history" })).rejects.toMatchObject({
    code: "invalid_input",
  });
});

test("a fact whose vector the index would not take is refused, and nothing is left", async () => {
  await createIndex(store, { dimensions: 8 });
  const { userId } = await begin(store);
  const fact = { userId, category: "pref", content: "drinks oat milk", importance: 7 };
  await expect(rememberFact(store, store, fact)).rejects.toMatchObject({ code: "dimension_mismatch" });
  expect(toBuffers(await store.command("KEYS", "user:playground-*"))).toEqual([]);
});

test("a real person is written only for who names them", async () => {
  await store.command("HSET", "user:alice:pref:001", "user_id", "alice", "content", "tea");
  await expect(begin(store, "Alice").then(() => "begun")).resolves.toBe("begun");
  const { startRun } = await import("./start");
  const userId = Buffer.from("alice");
  for (const confirm of [undefined, "", "Alice", "alice ", "*"]) {
    await expect(startRun(store, store, { userId, confirm, by: "Dev" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  }
  await expect(say(store, userId, "hello")).rejects.toMatchObject({ code: "not_found" });
  expect(toBuffers(await store.command("KEYS", "user:alice:*"))).toHaveLength(1);
});
