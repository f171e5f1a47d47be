import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { command } from "../../../scripts/lib/resp.mjs";
import { testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { type Changes, changesOf } from "./changes";
import { listUserKeys } from "./user-keys";

const redis = testRedis();
let store: Store;
let changes: Changes;

beforeEach(async () => {
  await redis.flush();
  store = new Store(redis.url());
  changes = changesOf(store);
  changes.start();
  await waitUntil(() => changes.live);
});
afterEach(() => {
  changes.stop();
  store.close();
});

/** A client that is not the console. */
const other = (...words: string[]) => command(redis.url(), words);

test("a write by another client appears with its person, class and what it was", async () => {
  await other("LPUSH", "user:alice:history:session_001", "{}", "{}");
  await waitUntil(() => changes.newest(1).length === 1);
  const [change] = changes.newest(10);
  expect(change).toMatchObject({ kind: "written", class: "sessions", what: "session_001", messages: 2 });
  expect(change?.owner?.toString()).toBe("alice");
  await other("HSET", "user:alice:pref:001", "user_id", "alice");
  await other("HSET", "user:alice:rate_limit", "requests_per_minute", "1");
  await other("SET", "user:alice:note", "outside of the grammar");
  await other("SET", "elsewhere", "not a person's key");
  await waitUntil(() => changes.newest(10).length === 4);
  const byClass = new Map(changes.newest(10).map((entry) => [entry.class, entry.what]));
  expect(byClass.get("memories")).toBe("pref:001");
  expect(byClass.get("rate-limits")).toBe("");
  expect(byClass.get("disputed")).toBe("user:alice:note");
});

test("what goes on with one key is one entry that counts; a deletion says gone", async () => {
  const key = "user:alice:history:s";
  for (let at = 0; at < 5; at++) {
    await other("LPUSH", key, "{}");
    await sleep(60);
  }
  await waitUntil(() => changes.newest(1)[0]?.messages === 5);
  expect(changes.newest(10)).toHaveLength(1);
  expect(changes.newest(1)[0]?.count).toBeGreaterThan(1);
  await other("UNLINK", key);
  await waitUntil(() => changes.newest(1)[0]?.kind === "gone");
  expect(changes.newest(10)).toHaveLength(1);
  expect(changes.newest(1)[0]?.messages).toBeNull();
});

test("a key and a hash field that expire are reported", async () => {
  await other("SET", "user:alice:history:gone", "x", "PX", "150");
  await other("HSET", "user:bob:rate_limit", "requests_per_minute", "1", "other", "2");
  await other("HPEXPIRE", "user:bob:rate_limit", "150", "FIELDS", "1", "requests_per_minute");
  const before = changes.total;
  await waitUntil(() => changes.newest(10).some((entry) => entry.kind === "gone"));
  await waitUntil(() => changes.total >= before + 2);
  expect(changes.newest(10).some((entry) => entry.owner?.toString() === "bob")).toBe(true);
});

test("kept lists of a person's keys are forgotten when one of them changes, twins and doubtful keys included", async () => {
  const alice = Buffer.from("alice");
  await other("SET", "user:alice:history:a", "x");
  await waitUntil(() => changes.newest(1).length === 1);
  expect((await listUserKeys(store, alice)).keys).toHaveLength(1);
  await other("RPUSH", "user:alice:history:b", "{}");
  await waitUntil(async () => (await listUserKeys(store, alice)).keys.length === 2);
  await other("SET", "user:alice:deep:down:here:x", "memory by name of alice:deep:down, string by type");
  await waitUntil(async () => (await listUserKeys(store, alice)).keys.length === 3);
});

test("FLUSHDB is one entry and forgets everybody", async () => {
  await other("RPUSH", "user:alice:history:b", "{}");
  await waitUntil(() => changes.newest(1).length === 1);
  expect((await listUserKeys(store, Buffer.from("alice"))).keys).toHaveLength(1);
  const version = changes.version;
  await other("FLUSHDB");
  await waitUntil(() => changes.newest(1)[0]?.kind === "flushed");
  expect(changes.version).toBeGreaterThan(version);
  expect((await listUserKeys(store, Buffer.from("alice"))).keys).toHaveLength(0);
});

test("a bulk load is told as a number, not key by key", async () => {
  await store.pipeline(
    Array.from({ length: 3_000 }, (_, at) => ["RPUSH", `user:u${at}:history:s`, "{}"] as const),
  );
  await waitUntil(() => changes.newest(200).some((entry) => entry.kind === "many"));
  await waitUntil(() => changes.total === 3_000);
  expect(changes.newest(1_000).length).toBeLessThanOrEqual(200);
});

test("after a lost connection it comes back by itself and says that it does not know what happened meanwhile", async () => {
  const version = changes.version;
  await other("CLIENT", "KILL", "TYPE", "pubsub");
  await other("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  await waitUntil(() => changes.newest(1)[0]?.kind === "resync");
  expect(changes.live).toBe(true);
  expect(changes.version).toBeGreaterThan(version);
  await other("RPUSH", "user:alice:history:b", "{}");
  await waitUntil(() => changes.newest(1)[0]?.class === "sessions");
});

async function waitUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
  const until = Date.now() + 5_000;
  while (!(await condition())) {
    if (Date.now() > until) throw new Error("it did not happen within 5 s");
    await sleep(20);
  }
}
