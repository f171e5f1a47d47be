import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { command } from "../../../scripts/lib/resp.mjs";
import { sealRef } from "../../refs";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { Changes } from "./changes";
import type { LiveChange, LiveEvent } from "./changes-events";
import { ChangesStream } from "./changes-stream";

const redis = testRedis();
let store: Store;
let changes: Changes;
let stream: ChangesStream;
let events: LiveEvent[];
let unsubscribe: () => void;

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
  changes = new Changes(store);
  stream = new ChangesStream(changes);
  events = [];
  unsubscribe = stream.subscribe((event) => events.push(event));
  await waitUntil(() => resyncs().length === 1);
  events = [];
});
afterEach(() => {
  unsubscribe();
  changes.stop();
});
afterAll(() => store.close());

/** A client that is not the console. */
const other = (...words: string[]) => command(redis.url(), words);
const about = (cls: LiveChange["class"], id: string | null): LiveChange => ({
  class: cls,
  userRef: id === null ? null : sealRef("user", Buffer.from(id)),
});
const told = () => events.flatMap((event) => (event.event === "change" ? event.data : []));
const resyncs = () => events.flatMap((event) => (event.event === "resync" ? [event.data.why] : []));

test("a write is told as class and person before its key was looked at, and nothing else of it", async () => {
  await other("LPUSH", "user:alice:history:secret_session", '{"content":"secret"}');
  await waitUntil(() => told().some((change) => change.class === "feed"));
  expect(events[0]).toEqual({ event: "change", data: [about("sessions", "alice")] });
  expect(told()).toEqual([about("sessions", "alice"), about("feed", null)]);
  expect(JSON.stringify(events)).not.toMatch(/alice|secret/);
});

test("every class by its name; a key outside of the grammar concerns all it could belong to", async () => {
  await other("HSET", "user:bob:rate_limit", "requests_per_minute", "1");
  await other("HSET", "user:bob:pref:001", "user_id", "bob");
  await other("SET", "user:ann:x", "no key of the grammar");
  await waitUntil(() => told().filter((change) => change.class === "feed").length > 0 && told().length >= 4);
  expect(told()).toEqual(
    expect.arrayContaining([about("rate-limits", "bob"), about("memories", "bob"), about("disputed", "ann")]),
  );
});

test("a key of another type than its name says is told, a moment later, to everybody it is shown with", async () => {
  await other("SET", "user:alice:admin:pref:001", "a memory by its name, text by its type");
  await waitUntil(() => told().some((change) => change.class === "feed"));
  expect(told()).toEqual(
    expect.arrayContaining([
      about("memories", "alice:admin"),
      about("disputed", "alice:admin"),
      about("disputed", "alice"),
    ]),
  );
});

test("the hash of the counters of x:history, which by its name is a session of x, is told to both", async () => {
  await other("HSET", "user:x:history:rate_limit", "requests_per_minute", "1");
  await waitUntil(() => told().some((change) => change.class === "feed"));
  expect(told()).toEqual(expect.arrayContaining([about("sessions", "x"), about("rate-limits", "x:history")]));
});

test("the first change is told at once, what follows is collected: 10,000 writes in a second are a few events", async () => {
  const startedAt = performance.now();
  const writing = (async () => {
    for (let batch = 0; batch < 100; batch++) {
      await store.pipeline(
        Array.from({ length: 100 }, (_, at) => ["RPUSH", `user:u${at % 10}:history:s`, "{}"] as const),
      );
      await sleep(9);
    }
    return events.length;
  })();
  await waitUntil(() => events.length > 0);
  const atFirst = events.length;
  expect(await writing).toBeGreaterThan(atFirst);
  const seconds = (performance.now() - startedAt) / 1_000;
  await sleep(300);
  expect(events.length).toBeLessThanOrEqual(Math.ceil(seconds * 15) + 5);
  for (let at = 0; at < 10; at++) expect(told()).toContainEqual(about("sessions", `u${at}`));
  for (const event of events) {
    if (event.event === "change")
      expect(new Set(event.data.map((one) => JSON.stringify(one))).size).toBe(event.data.length);
  }
});

test("more than 200 people at once are told as a resync, and the next change one by one again", async () => {
  await store.pipeline(
    Array.from({ length: 1_000 }, (_, at) => ["RPUSH", `user:u${at}:history:s`, "{}"] as const),
  );
  await waitUntil(() => resyncs().includes("many"));
  expect(told().length).toBeLessThanOrEqual(1_000);
  await sleep(400);
  events = [];
  await other("RPUSH", "user:alice:history:s", "{}");
  await waitUntil(() => told().length > 0);
  expect(told()).toContainEqual(about("sessions", "alice"));
});

test("FLUSHDB is a resync", async () => {
  await other("FLUSHDB");
  await waitUntil(() => resyncs().length > 0);
  expect(resyncs()).toEqual(["flushed"]);
});

test("a subscription that was killed says so, comes back, and then nobody knows what was missed", async () => {
  await other("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  await waitUntil(() => resyncs().length > 0);
  const states = events.flatMap((event) => (event.event === "state" ? [event.data] : []));
  expect(states).toEqual([
    { live: false, why: "lost", reason: "The connection that listens for changes is down." },
    { live: true, why: null, reason: null },
  ]);
  expect(resyncs()).toEqual(["reconnected"]);
  await other("RPUSH", "user:alice:history:s", "{}");
  await waitUntil(() => told().length > 0);
});

test("a Redis user without CLIENT TRACKING is told as refused, and listened to as soon as it may", async () => {
  await other("ACL", "SETUSER", "narrow", "on", ">narrow", "~*", "+@all", "-client|tracking");
  const url = new URL(redis.url());
  url.username = "narrow";
  url.password = "narrow";
  const narrow = new Store(url.toString());
  const refused = new Changes(narrow);
  const states: LiveEvent[] = [];
  const off = new ChangesStream(refused).subscribe((event) => states.push(event));
  await waitUntil(() => states.length > 0);
  expect(states).toEqual([
    {
      event: "state",
      data: {
        live: false,
        why: "refused",
        reason: "The Redis user of this console may not run CLIENT TRACKING.",
      },
    },
  ]);
  await other("ACL", "SETUSER", "narrow", "+client|tracking");
  await waitUntil(() => refused.live, 12_000);
  off();
  refused.stop();
  narrow.close();
});

test("with nobody to tell nothing is collected", async () => {
  unsubscribe();
  await other("RPUSH", "user:alice:history:s", "{}");
  await sleep(300);
  expect(events).toEqual([]);
  unsubscribe = stream.subscribe((event) => events.push(event));
  await other("RPUSH", "user:bob:history:s", "{}");
  await waitUntil(() => told().some((change) => change.class === "sessions"));
  expect(told()).toContainEqual(about("sessions", "bob"));
  expect(told()).not.toContainEqual(about("sessions", "alice"));
});

async function waitUntil(condition: () => boolean, patienceMs = 5_000): Promise<void> {
  const until = Date.now() + patienceMs;
  while (!condition()) {
    if (Date.now() > until) throw new Error(`it did not happen within ${patienceMs} ms`);
    await sleep(10);
  }
}
