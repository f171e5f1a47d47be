import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { createMasker } from "../../masking";
import { subjectOf } from "../../subjects";
import { CANARY, CANARY_ID, CANARY_REF, hidesAll, leaks } from "../../testing/canary";
import { testRedis } from "../../testing/redis";
import { memoryKey, rateLimitKey, sessionKey } from "../keys";
import { Changes } from "../keyspace/changes";
import { describeChanges } from "../keyspace/changes-describe";
import { forgetPerson } from "../keyspace/kept-of-person";
import { Surveyor } from "../keyspace/survey";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { listChanges } from "./list-changes";
import { maskChanges, maskExactSize, maskOverview, maskUsage, maskUserStorage } from "./mask";
import { readUserStorage } from "./read-storage";
import { readOverview, readUsage } from "./read-usage";

const redis = testRedis();
let store: Store;
let changes: Changes;
let surveyor: Surveyor;
const b = (text: string) => Buffer.from(text);

/** Every class of a key, and every reason for which its owner is in doubt. */
const KEYS = {
  session: sessionKey(CANARY_ID, b(CANARY.session)),
  limits: rateLimitKey(CANARY_ID),
  memory: memoryKey(CANARY_ID, b(CANARY.category), b("1")),
  others: memoryKey(CANARY_ID, b("pref"), b("2")),
  wrongType: sessionKey(CANARY_ID, b("s2")),
  outside: Buffer.concat([b("user:"), CANARY_ID, b(`:${CANARY.field}`)]),
  bare: Buffer.concat([b("user:"), CANARY_ID]),
  foreign: b(`mail:${CANARY.id}`),
};

const COMMANDS: Command[] = [
  ["LPUSH", KEYS.session, JSON.stringify({ type: "human", content: CANARY.message })],
  ["HSET", KEYS.limits, "requests_per_hour", 4],
  ["HSET", KEYS.memory, "user_id", CANARY.id, "content", CANARY.memory],
  ["HSET", KEYS.others, "user_id", "bob", "content", CANARY.memory],
  ["SET", KEYS.wrongType, CANARY.message],
  ["SET", KEYS.outside, CANARY.value],
  ["SET", KEYS.bare, CANARY.value],
  ["SET", KEYS.foreign, CANARY.value.repeat(50)],
];

beforeEach(async () => {
  store ??= new Store(redis.url());
  await redis.flush();
  changes = new Changes(store);
  surveyor = new Surveyor(store, store, changes);
  for (const reply of await store.pipeline(COMMANDS)) if (reply instanceof Error) throw reply;
  forgetPerson(store, CANARY_ID);
});
afterEach(() => {
  surveyor.stop();
  changes.stop();
});
afterAll(() => store.close());

async function view() {
  await surveyor.look();
  return surveyor.settled();
}

test("the overview names nobody", async () => {
  const overview = await readOverview(store, await view());
  expect(leaks(overview)).toContain("kestrel");
  const masked = maskOverview(overview, hidesAll);
  expect(leaks(masked)).toEqual([]);
  const { stuck, disputed, vectors } = masked.attention;
  expect(stuck.items[0]).toMatchObject({
    field: "requests_per_hour",
    userRef: CANARY_REF,
    userLabel: hidesAll.label(CANARY_REF),
  });
  expect(disputed.count).toBe(overview.attention.disputed.count);
  expect(disputed.items.length).toBeGreaterThan(2);
  expect(vectors.items.length).toBeGreaterThan(0);
  expect(masked).toMatchObject({ users: overview.users, total: overview.total, classes: overview.classes });
});

test("memory use names nobody, and tells no key's exact size", async () => {
  const usage = await readUsage(store, await view());
  const masked = maskUsage(usage, hidesAll);
  expect(leaks(masked)).toEqual([]);
  expect(masked.biggestKeys).toHaveLength(usage.biggestKeys.length);
  for (const { label, sizeBytes } of masked.biggestKeys) {
    expect(label).toMatch(/person-|hidden-/);
    expect(String(sizeBytes)).toMatch(/^[125]0+$/);
  }
  for (const user of masked.biggestUsers) {
    expect(user.label).toMatch(/^person-/);
    expect(user.sessionBytes + user.memoryBytes).toBeLessThanOrEqual(user.sizeBytes);
  }
  expect(masked).toMatchObject({ types: usage.types, lives: usage.lives, importance: usage.importance });
});

test("every key of a person is there, with its class and life, under another name", async () => {
  const storage = await readUserStorage(store, store, { userId: CANARY_ID, page: 1, sort: "size" });
  expect(storage.keys.length).toBe(6);
  const masked = maskUserStorage(storage, hidesAll);
  expect(leaks(masked)).toEqual([]);
  expect(masked.keys.map((key) => [key.ref, key.class, key.dispute, key.type, key.endsAtMs])).toEqual(
    storage.keys.map((key) => [key.ref, key.class, key.dispute, key.type, key.endsAtMs]),
  );
  expect(new Set(masked.keys.map(({ label }) => label)).size).toBe(storage.keys.length);
  for (const key of masked.keys) {
    if (key.lengthUnit === "bytes") expect(key.length).toBeNull();
    expect(String(key.sizeBytes)).toMatch(/^[125]0+$/);
  }
  expect(masked.masked).toBe(true);
  expect(maskExactSize({ sizeBytes: 1_234, tookMs: 1 }).sizeBytes).toBe(2_000);
});

test("the feed says what kind of key changed, and not whose", async () => {
  const notices = Object.values(KEYS).map((key) => ({ key, count: 1 }));
  for (const change of await describeChanges(store, notices)) changes.log.add(change);
  changes.log.add({
    ...{ atMs: 1, kind: "flushed", key: null, class: null, owner: null, what: "", messages: null, count: 1 },
  });
  const feed = listChanges(changes, 50);
  expect(leaks(feed)).toContain("kestrel");
  const masked = maskChanges(feed, hidesAll);
  expect(leaks(masked)).toEqual([]);
  expect(masked.changes.map(({ seq, class: kind }) => [seq, kind])).toEqual(
    feed.changes.map(({ seq, class: kind }) => [seq, kind]),
  );
  expect(masked.changes.find((change) => change.class === "sessions")).toMatchObject({ messages: 1 });
});

test("who is revealed is shown as always, beside the others", async () => {
  const revealed = createMasker((subject) => subject === subjectOf(CANARY_ID));
  const overview = maskOverview(await readOverview(store, await view()), revealed);
  expect(overview.attention.stuck.items[0]).toMatchObject({
    label: `user:${CANARY.id}:rate_limit`,
    userLabel: CANARY.id,
  });
});
