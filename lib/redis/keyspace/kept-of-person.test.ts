import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testRedis } from "../../testing/redis";
import { until } from "../jobs/test-kit";
import { Store } from "../store/store";
import type { Command } from "../store/wire";
import { changesOf } from "./changes";
import { measureUserKeys } from "./survey-user";
import { listUserKeys } from "./user-keys";

const redis = testRedis();
let store: Store;
let silent: Store;
const MANY = 6_000;
const name = (at: number) => `user:many:pref:${String(at).padStart(5, "0")}`;
const many = Buffer.from("many");
const ann = Buffer.from("ann");

beforeAll(async () => {
  store = new Store(redis.url());
  silent = new Store(redis.url());
  changesOf(store).start();
  await until(() => changesOf(store).live);
});
afterAll(() => {
  changesOf(store).stop();
  store.close();
  silent.close();
});

/** How often commands went to the server. */
async function calls(...commands: string[]): Promise<number[]> {
  const info = String(await silent.command("INFO", "commandstats"));
  return commands.map((one) => Number(new RegExp(`cmdstat_${one}:calls=(\\d+)`).exec(info)?.[1] ?? 0));
}

/** What is measured must be what a store says that has never been asked. */
async function agrees(user: Buffer): Promise<boolean> {
  const fresh = new Store(redis.url());
  const sum = async (from: Store) => {
    const { facts, total, complete } = await measureUserKeys(from, from, user);
    const each = facts.map((one) => {
      // A counter's is reckoned from what is left of its window, to some milliseconds.
      const activeAtMs = one.class === "rate-limits" ? one.lastActivityMs !== null : one.lastActivityMs;
      return [one.key, one.class, one.sizeBytes, activeAtMs, one.listed.dispute].join(" ");
    });
    return JSON.stringify([each.sort(), total, complete]);
  };
  const [known, asked] = await Promise.all([sum(store), sum(fresh)]);
  fresh.close();
  return known === asked;
}

describe("what is kept of a person follows what happens to keys", () => {
  test.each<[string, Command[]]>([
    ["a new one", [["HSET", "user:ann:pref:009", "user_id", "ann", "timestamp", 1_700_000_000]]],
    ["one that grows", [["HSET", "user:ann:pref:002", "content", "x".repeat(5_000)]]],
    ["one that is deleted", [["DEL", "user:ann:pref:002"]]],
    ["a session with a newer message", [["LPUSH", "user:ann:history:s", '{"timestamp":1800000000}']]],
    ["one under another name", [["RENAME", "user:ann:pref:002", "user:ann:work:001"]]],
    ["one that becomes somebody else's", [["HSET", "user:ann:pref:002", "user_id", "Ann"]]],
    ["one that is no hash any more", [["SET", "user:ann:pref:002", "x"]]],
    ["one outside of the grammar", [["SET", "user:ann:a:b:c:d", "x"]]],
    ["a twin's", [["HSET", "user:ann:admin:pref:001", "user_id", "ann:admin"]]],
    ["everything gone and one new", [["FLUSHALL"], ["HSET", "user:ann:pref:001", "user_id", "ann"]]],
  ])("%s", async (_, changes) => {
    await store.command("FLUSHALL");
    for (const at of [1, 2, 3]) await store.command("HSET", `user:ann:pref:00${at}`, "user_id", "ann");
    await store.command("LPUSH", "user:ann:history:s", '{"timestamp":1700000000}');
    await store.command("HSETEX", "user:ann:rate_limit", "EX", 60, "FIELDS", 1, "requests_per_minute", 3);
    await until(async () => (await listUserKeys(store, ann)).keys.length === 5 && (await agrees(ann)));
    for (const change of changes) await silent.command(...change);
    await until(() => agrees(ann));
    expect(await agrees(ann)).toBe(true);
  });

  test("a key whose life is over is not counted, told or not", async () => {
    await store.command("FLUSHALL");
    await store.pipeline([
      ["HSET", "user:ann:pref:001", "user_id", "ann"],
      ["SET", "user:ann:note", "x", "PX", 1_000],
    ]);
    const endedAtMs = Date.now() + 1_100;
    await until(async () => (await measureUserKeys(store, store, ann)).total === 2);
    // Then Redis takes nothing away by itself: only who looks finds the key gone.
    await store.command("DEBUG", "SET-ACTIVE-EXPIRE", 0).catch(() => {});
    await until(() => Date.now() > endedAtMs);
    const { total, facts } = await measureUserKeys(store, store, ann);
    expect([total, facts.length]).toEqual([1, 1]);
    await store.command("DEBUG", "SET-ACTIVE-EXPIRE", 1).catch(() => {});
  });
});

test("of a person with many keys a change costs a look at what changed, and no walk", async () => {
  await store.command("FLUSHALL");
  for (let from = 0; from < MANY; from += 1_000) {
    await store.pipeline(
      Array.from({ length: 1_000 }, (_, at): Command => ["HSET", name(from + at), "user_id", "many"]),
    );
  }
  await until(async () => (await measureUserKeys(store, store, many)).total === MANY);
  const measured = (await measureUserKeys(store, store, many)).facts;
  const before = await calls("scan", "memory|usage", "type");
  for (let at = 0; at < 20; at += 1) {
    const { key } = measured[at * 200]!;
    await silent.command("HSET", key, "content", "y".repeat(2_000));
    await until(async () => {
      const { facts } = await measureUserKeys(store, store, many);
      return facts.some((one) => one.key.equals(key) && (one.sizeBytes ?? 0) > 2_000);
    });
  }
  const after = await calls("scan", "memory|usage", "type");
  const [scans, sizes, types] = after.map((count, at) => count - before[at]!);
  expect(scans).toBe(0);
  // Redis tells of one change once; the log of changes looks at it too.
  expect(sizes).toBeLessThanOrEqual(60);
  expect(types).toBeLessThanOrEqual(120);
  const { total, facts, complete } = await measureUserKeys(store, store, many);
  expect([total, facts.length, complete]).toEqual([MANY, 5_000, false]);
});

test("where Redis does not tell of changes, a walk is kept for a while, and sizes are not", async () => {
  await silent.command("FLUSHALL");
  await silent.command("HSET", "user:bo:pref:001", "user_id", "bo");
  const bo = Buffer.from("bo");
  const sizeOf = async () => (await measureUserKeys(silent, silent, bo)).facts[0]?.sizeBytes ?? 0;
  const small = await sizeOf();
  await store.command("HSET", "user:bo:pref:001", "content", "z".repeat(3_000));
  expect(await sizeOf()).toBeGreaterThan(small + 2_900);
});
