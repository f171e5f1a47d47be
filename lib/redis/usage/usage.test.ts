import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { openRef } from "../../refs";
import { testRedis } from "../../testing/redis";
import { memoryKey, rateLimitKey, sessionKey } from "../keys";
import { Changes } from "../keyspace/changes";
import { forgetPerson } from "../keyspace/kept-of-person";
import { Surveyor } from "../keyspace/survey";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { listChanges } from "./list-changes";
import { thin } from "./read-samples";
import { exactKeySize, readUserStorage } from "./read-storage";
import { readOverview, readUsage } from "./read-usage";

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

const b = (text: string) => Buffer.from(text);

async function write(commands: Command[]): Promise<void> {
  for (const reply of await store.pipeline(commands)) if (reply instanceof Error) throw reply;
}

async function view() {
  await surveyor.look();
  return surveyor.settled();
}

const memory = (id: string, n: string, embedding: Buffer | null = Buffer.alloc(32, 1)): Command => [
  "HSET",
  memoryKey(b(id), b("pref"), b(n)),
  "user_id",
  id,
  "content",
  "likes tea",
  "importance",
  "7",
  ...(embedding ? ["embedding", embedding] : []),
];

const createIndex: Command = [
  "FT.CREATE",
  "idx:preferences",
  ...["ON", "HASH", "PREFIX", "1", "user:", "SCHEMA", "user_id", "TAG", "content", "TEXT"],
  ...["embedding", "VECTOR", "HNSW", "6", "TYPE", "FLOAT32", "DIM", "8", "DISTANCE_METRIC", "COSINE"],
];

test("an empty store has an overview of zeros", async () => {
  const overview = await readOverview(store, await view());
  expect(overview).toMatchObject({ users: 0, total: { keys: 0, sizeBytes: 0 } });
  expect(overview.attention.disputed).toEqual({ count: 0, items: [] });
  expect(overview.memory?.usedBytes).toBeGreaterThan(100_000);
});

test("what needs attention leads to the person whose page shows it", async () => {
  await write([
    createIndex,
    memory("alice", "1"),
    memory("alice", "2", null),
    memory("alice", "3", Buffer.alloc(16, 1)),
    ["HSET", rateLimitKey(b("bob")), "requests_per_hour", 4],
    ["SET", "user:alice:note", "outside of the grammar"],
    ["SET", "user:nobody:note", "outside of the grammar"],
  ]);
  const { attention, indexBytes } = await readOverview(store, await view());
  const who = (ref: string | null) => ref && openRef("user", ref).toString();
  expect(attention.stuck.count).toBe(1);
  expect(attention.stuck.items[0]).toMatchObject({ userLabel: "bob", field: "requests_per_hour" });
  expect(attention.vectors.expectedBytes).toEqual([32]);
  expect(attention.vectors.count).toBe(2);
  expect(attention.vectors.items.map((item) => item.vectorBytes).sort()).toEqual([0, 16]);
  expect(attention.disputed.items.map((item) => who(item.userRef)).sort()).toEqual(["alice", "nobody"]);
  expect(indexBytes).toBeGreaterThan(0);
});

test("without an index only a missing or impossible vector is remarkable", async () => {
  await write([
    memory("a", "1"),
    memory("a", "2", Buffer.alloc(16)),
    memory("a", "3", Buffer.alloc(7)),
    memory("a", "4", null),
  ]);
  const { attention } = await readOverview(store, await view());
  expect(attention.vectors.items.map((item) => item.vectorBytes).sort()).toEqual([0, 7]);
});

test("memory use: classes add up to the total, as do types and remaining lives; people are ranked", async () => {
  await write([
    memory("alice", "1"),
    ["LPUSH", sessionKey(b("bob"), b("s")), "x".repeat(50_000)],
    ["EXPIRE", sessionKey(b("bob"), b("s")), 86_000],
    ["SET", "cache:1", "y".repeat(1_000)],
  ]);
  const usage = await readUsage(store, await view());
  const sum = (amounts: { keys: number; sizeBytes: number }[]) =>
    amounts.reduce(
      (all, { keys, sizeBytes }) => ({ keys: all.keys + keys, sizeBytes: all.sizeBytes + sizeBytes }),
      {
        keys: 0,
        sizeBytes: 0,
      },
    );
  expect(sum(Object.values(usage.classes))).toEqual(usage.total);
  expect(sum(usage.types)).toEqual(usage.total);
  expect(sum(Object.values(usage.lives))).toEqual(usage.total);
  expect(usage.lives["under-day"].keys).toBe(1);
  expect(usage.biggestUsers.map((user) => user.label)).toEqual(["bob", "alice"]);
  expect(usage.biggestUsers[0]?.sessionBytes).toBe(usage.biggestUsers[0]?.sizeBytes);
  expect(usage.biggestKeys[0]).toMatchObject({ label: "user:bob:history:s", userLabel: "bob" });
  expect(usage.biggestKeys.find((key) => key.label === "cache:1")?.userRef).toBeNull();
  expect(usage.indexes).toEqual([]);
});

test("a person's storage: every key with size, length and life; twins' keys are not among them", async () => {
  await write([
    memory("alice", "1"),
    memory("alice:admin", "1"),
    ["LPUSH", sessionKey(b("alice"), b("s")), "{}", "{}", "{}"],
    ["EXPIRE", sessionKey(b("alice"), b("s")), 600],
    [
      "HSETEX",
      rateLimitKey(b("alice")),
      "EX",
      60,
      "FIELDS",
      2,
      "requests_per_minute",
      1,
      "requests_per_hour",
      1,
    ],
    ["SET", "user:alice:note", "12345"],
  ]);
  const storage = await readUserStorage(store, store, { userId: b("alice"), page: 1, sort: "key" });
  expect(storage.keys.map(({ label, length, lengthUnit }) => [label, length, lengthUnit])).toEqual([
    ["user:alice:history:s", 3, "messages"],
    ["user:alice:note", 5, "bytes"],
    ["user:alice:pref:1", 4, "fields"],
    ["user:alice:rate_limit", 2, "fields"],
  ]);
  expect((storage.keys[0]?.endsAtMs ?? 0) - Date.now()).toBeGreaterThan(590_000);
  expect(storage.keys[1]).toMatchObject({ class: "disputed", dispute: "outside-grammar", endsAtMs: null });
  expect(storage).toMatchObject({ total: 4, complete: true, page: 1, pages: 1 });
  expect(storage.classes.disputed.keys).toBe(1);
});

test("storage is paged by a hundred, biggest first", async () => {
  await write(Array.from({ length: 150 }, (_, at) => memory("many", `${at}`, Buffer.alloc(4 * (at + 1)))));
  const userId = b("many");
  const first = await readUserStorage(store, store, { userId, page: 1, sort: "size" });
  const second = await readUserStorage(store, store, { userId, page: 2, sort: "size" });
  expect([first.keys.length, second.keys.length]).toEqual([100, 50]);
  expect(new Set([...first.keys, ...second.keys].map((key) => key.label)).size).toBe(150);
  expect(first.keys.at(-1)?.sizeBytes).toBeGreaterThanOrEqual(second.keys[0]?.sizeBytes ?? 0);
  expect((await readUserStorage(store, store, { userId, page: 9, sort: "size" })).page).toBe(2);
});

test("the exact size looks at every element; other people's keys are refused", async () => {
  const key = sessionKey(b("alice"), b("s"));
  await write([
    ["RPUSH", key, ...Array.from({ length: 5 }, () => "x")],
    ["RPUSH", key, ...Array.from({ length: 200 }, () => "y".repeat(9_000))],
  ]);
  const { sizeBytes } = await exactKeySize(store, b("alice"), key);
  expect(sizeBytes).toBe(await store.command("MEMORY", "USAGE", key, "SAMPLES", 0));
  expect(sizeBytes).toBeGreaterThan(1_800_000);
  await write([memory("alice:admin", "1"), memory("bob", "1"), ["SET", "user:bob:note", "x"]]);
  for (const foreign of [
    "user:alice:admin:pref:1",
    "user:bob:pref:1",
    "user:bob:note",
    "user:alice:gone:1",
  ]) {
    await expect(exactKeySize(store, b("alice"), b(foreign))).rejects.toMatchObject({ code: "not_found" });
  }
});

test("a key that is written by another client is in the storage within two seconds, though walks are kept", async () => {
  forgetPerson(store, b("alice"));
  surveyor.changes.start();
  while (!surveyor.changes.live) await sleep(20);
  const read = () => readUserStorage(store, store, { userId: b("alice"), page: 1, sort: "key" });
  expect((await read()).total).toBe(0);
  await write([memory("alice", "1")]);
  const until = Date.now() + 2_000;
  while ((await read()).total === 0 && Date.now() < until) await sleep(50);
  expect((await read()).total).toBe(1);
});

test("the feed names people by reference and starts to listen by itself", async () => {
  expect(listChanges(surveyor.changes, 50).changes).toEqual([]);
  while (!surveyor.changes.live) await sleep(20);
  await write([memory("alice", "1")]);
  let feed = listChanges(surveyor.changes, 50);
  for (const until = Date.now() + 2_000; feed.changes.length === 0 && Date.now() < until; ) {
    await sleep(30);
    feed = listChanges(surveyor.changes, 50);
  }
  expect(feed).toMatchObject({ live: true, reason: null });
  expect(feed.changes[0]).toMatchObject({ class: "memories", what: "pref:1", userLabel: "alice" });
  expect(JSON.parse(JSON.stringify(feed))).toEqual(feed);
});

test("samples are thinned to the last of every five minutes", () => {
  const sizeBytes = { sessions: 1, "rate-limits": 0, memories: 0, disputed: 0, other: 0 };
  const samples = Array.from({ length: 60 }, (_, at) => ({
    atMs: at * 60_000,
    users: at,
    keys: at,
    sizeBytes,
  }));
  const thinned = thin(samples);
  expect(thinned).toHaveLength(12);
  expect(thinned.at(-1)?.users).toBe(59);
});

test("while Redis is away the numbers that were kept are there, with the reason", async () => {
  await write([memory("alice", "1")]);
  await view();
  await redis.server().stop();
  try {
    await sleep(100);
    const overview = await readOverview(store, await surveyor.look());
    expect(overview).toMatchObject({ users: 1, memory: null, indexBytes: null });
    expect(overview.status.failure?.code).toBe("store_unreachable");
  } finally {
    await redis.server().start();
  }
});
