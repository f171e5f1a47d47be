import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { memoryKey, rateLimitKey, sessionKey } from "../keys";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { Changes } from "./changes";
import { Surveyor } from "./survey";
import { readSamples } from "./survey-samples";

const redis = testRedis();
let store: Store;
let surveyor: Surveyor;

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
  surveyor = new Surveyor(store, store, new Changes(store));
});
afterEach(() => surveyor.stop());
afterAll(() => store.close());

const b = (text: string) => Buffer.from(text, "latin1");
const message = (timestamp: unknown) => JSON.stringify({ type: "human", content: "hello", timestamp });
const memory = (id: Buffer, n: string, fields: Record<string, string | Buffer> = {}): Command => [
  "HSET",
  memoryKey(id, b("pref"), b(n)),
  ...Object.entries({
    user_id: id,
    content: "likes tea",
    importance: "7",
    timestamp: "1717935000",
    embedding: Buffer.alloc(32, 1),
    ...fields,
  }).flat(),
];

async function write(commands: Command[]): Promise<void> {
  for (const reply of await store.pipeline(commands)) if (reply instanceof Error) throw reply;
}

async function survey() {
  await surveyor.rescan();
  const { survey: done, status } = await surveyor.settled();
  if (!done) throw new Error("no survey");
  return { ...done, status };
}

test("an empty store is a finished survey of nothing", async () => {
  const { tally, status } = await survey();
  expect(status).toMatchObject({ completeness: "complete", running: null, failure: null });
  expect(tally.total).toEqual({ keys: 0, sizeBytes: 0 });
  expect(tally.users.size).toBe(0);
});

test("the tutorial's person: keys by class, bytes as MEMORY USAGE says, last activity from the newest message", async () => {
  const alice = b("alice");
  await write([
    ["LPUSH", sessionKey(alice, b("session_001")), message(1717935001), message(1717935004)],
    ["HSETEX", rateLimitKey(alice), "EX", 60, "FIELDS", 1, "requests_per_minute", 1],
    memory(alice, "001"),
    memory(alice, "002", { importance: "10" }),
    memory(alice, "003", { importance: "eleven" }),
  ]);
  const { tally } = await survey();
  const user = tally.users.get("alice");
  expect(user).toMatchObject({ keys: 5, sessions: 1, memories: 3, disputed: 0, stuck: false });
  const sizes = await Promise.all(
    (["pref:001", "pref:002", "pref:003", "history:session_001", "rate_limit"] as const).map((end) =>
      store.command("MEMORY", "USAGE", `user:alice:${end}`),
    ),
  );
  expect(user?.sizeBytes).toBe(sizes.reduce((sum: number, size) => sum + Number(size), 0));
  expect(tally.classes.memories.keys).toBe(3);
  expect(tally.importance.counts[6]).toBe(1);
  expect(tally.importance.counts[9]).toBe(1);
  expect(tally.importance.other).toBe(1);
  // The counter's minute began just now: that is later than the messages of 2024.
  expect(Date.now() - (user?.lastActivityMs ?? 0)).toBeLessThan(5_000);
});

test("twins are four people, whatever their ids have in common", async () => {
  const ids = ["alice", "Alice", "alice:admin", "al", "{alice}", "a*", "café", "\xff\x00", " "].map(b);
  await write(ids.map((id) => memory(id, "001")));
  const { tally } = await survey();
  expect([...tally.users.keys()].sort()).toEqual(ids.map((id) => id.toString("latin1")).sort());
  for (const user of tally.users.values()) expect(user).toMatchObject({ keys: 1, memories: 1, disputed: 0 });
});

test("keys of doubtful owner are disputed, keys outside of the prefix are other", async () => {
  await write([
    ["SET", "user:alice:history:session_009", "not a list"],
    memory(b("alice"), "001", { user_id: "bob" }),
    ["SET", "user:alice:note", "outside of the grammar"],
    ["SET", "cache:x", "y"],
  ]);
  const { tally } = await survey();
  expect(tally.disputed.count).toBe(3);
  expect(tally.disputed.keys.map((found) => found.note).sort()).toEqual([
    "other-owner",
    "outside-grammar",
    "wrong-type",
  ]);
  expect(tally.users.get("alice")).toMatchObject({ keys: 2, disputed: 2, memories: 0 });
  expect(tally.users.has("bob")).toBe(false);
  expect(tally.classes.other.keys).toBe(1);
  expect([...tally.types].map(([type, amount]) => [type, amount.keys]).sort()).toEqual([
    ["hash", 1],
    ["string", 3],
  ]);
});

test("blocked and stuck counters are told apart, by the limits in force", async () => {
  const field = "requests_per_minute";
  await write([
    ["HSETEX", rateLimitKey(b("fine")), "EX", 60, "FIELDS", 1, field, 3],
    ["HSETEX", rateLimitKey(b("full")), "EX", 60, "FIELDS", 1, field, 60],
    ["HSETEX", rateLimitKey(b("less")), "EX", 60, "FIELDS", 1, field, 5],
    ["HSET", rateLimitKey(b("stuck")), field, 4],
    [
      "HSET",
      "console:rate-limits:overrides",
      `${field}:less`,
      JSON.stringify({ limit: 5, untilMs: null, reason: null, setBy: "test", setAtMs: 1 }),
    ],
  ]);
  const { tally } = await survey();
  const blocked = (id: string) => (tally.users.get(id)?.blockedUntilMs ?? 0) > Date.now();
  expect([blocked("fine"), blocked("full"), blocked("less"), blocked("stuck")]).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(tally.stuck.count).toBe(1);
  expect(tally.stuck.keys[0]).toMatchObject({ ownerId: "stuck", note: field });
});

test("memories are grouped by the length of their vector; remaining life and size have their lists", async () => {
  await write([
    memory(b("a"), "1"),
    memory(b("a"), "2", { embedding: Buffer.alloc(7) }),
    ["HSET", memoryKey(b("a"), b("pref"), b("3")), "user_id", "a", "content", "no vector"],
    ["LPUSH", sessionKey(b("a"), b("s")), "x".repeat(40_000)],
    ["EXPIRE", sessionKey(b("a"), b("s")), 600],
  ]);
  const { tally } = await survey();
  expect([...tally.vectors].map(([bytes, { count }]) => [bytes, count]).sort()).toEqual([
    [0, 1],
    [32, 1],
    [7, 1],
  ]);
  expect(tally.lives["under-hour"].keys).toBe(1);
  expect(tally.lives.none.keys).toBe(3);
  expect(tally.biggest()[0]?.key.toString()).toBe("user:a:history:s");
  expect(tally.biggest()).toHaveLength(4);
});

test("messages that are anything at all neither stop the walk nor invent an activity", async () => {
  const odd = [
    "not json",
    "[1]",
    "null",
    "{}",
    message("yesterday"),
    message(1e300),
    message(-5),
    "[".repeat(20_000),
  ];
  await write([
    ...odd.map((text, at): Command => ["LPUSH", sessionKey(b("odd"), b(`s${at}`)), text]),
    ["LPUSH", sessionKey(b("ms"), b("s")), message(1717935001000)],
  ]);
  const { tally } = await survey();
  expect(tally.users.get("odd")).toMatchObject({ sessions: odd.length, lastActivityMs: null });
  expect(tally.users.get("ms")?.lastActivityMs).toBe(1717935001000);
});

test("every key of a store that is written to during the walk is counted once, if it was there all along", async () => {
  const there = Array.from({ length: 6_000 }, (_, at) => memory(b(`u${at % 50}`), `k${at}`));
  for (let from = 0; from < there.length; from += 1_000) await write(there.slice(from, from + 1_000));
  let ended = false;
  const walked = surveyor
    .look()
    .then(() => surveyor.settled())
    .finally(() => {
      ended = true;
    });
  let during = 0;
  while (!ended && during < 200) {
    await write(Array.from({ length: 50 }, (_, at) => memory(b("new"), `n${during}-${at}`)));
    if (!ended) during += 1;
  }
  const { survey: done } = await walked;
  expect(during).toBeGreaterThan(0);
  const counted = Array.from({ length: 50 }, (_, at) => done?.tally.users.get(`u${at}`)?.memories);
  expect(counted).toEqual(new Array(50).fill(120));
});

test("while the first walk runs, what it found so far is there and marked partial", async () => {
  for (let from = 0; from < 6_000; from += 1_000) {
    await write(Array.from({ length: 1_000 }, (_, at) => memory(b("many"), `k${from + at}`)));
  }
  const { status, survey: partial } = await surveyor.look();
  expect(status.completeness).toBe("partial");
  expect(status.running).toMatchObject({ totalKeys: 6_000 });
  expect(partial?.tally.total.keys).toBeLessThan(6_000);
  const { status: end } = await surveyor.settled();
  expect(end).toMatchObject({ completeness: "complete", running: null });
});

test("a kept survey is not walked again until something changed", async () => {
  await survey();
  await waitUntil(() => surveyor.changes.live);
  await surveyor.rescan();
  const first = (await surveyor.settled()).status.startedAtMs;
  await sleep(1_100);
  expect((await surveyor.look()).status.startedAtMs).toBe(first);
  await write([memory(b("alice"), "001")]);
  await waitUntil(async () => (await surveyor.look()).survey?.tally.users.has("alice") === true);
  expect((await surveyor.settled()).status.startedAtMs).toBeGreaterThan(first ?? 0);
});

test("many who look at once share one walk", async () => {
  const views = await Promise.all(Array.from({ length: 20 }, () => surveyor.look()));
  expect(new Set(views.map((view) => view.status.startedAtMs)).size).toBe(1);
});

test("a finished survey leaves one sample a minute for the chart", async () => {
  await write([memory(b("alice"), "001")]);
  await survey();
  await survey();
  const samples = await readSamples(store);
  expect(samples).toHaveLength(1);
  expect(samples[0]).toMatchObject({ users: 1, keys: 1 });
  expect(samples[0]?.sizeBytes.memories).toBeGreaterThan(0);
});

async function waitUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
  const until = Date.now() + 5_000;
  while (!(await condition())) {
    if (Date.now() > until) throw new Error("it did not happen within 5 s");
    await sleep(20);
  }
}
