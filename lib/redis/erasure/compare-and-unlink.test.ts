import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { allKeys } from "../../testing/keyspace";
import { startRedisServer, testRedis } from "../../testing/redis";
import { Store } from "../store/store";
import { asJudged, compareAndUnlink, type Expected } from "./compare-and-unlink";
import { noCounts } from "./counts";
import { eraseUser } from "./erase";
import { judgeNamed } from "./walk";

const redis = testRedis();
const alice = Buffer.from("alice");
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

/** A user with nothing but the rights that erasing needs: no scripts, no MEMORY, no TTL. */
async function leastPrivileged(): Promise<Store> {
  const rights = "on >pw resetchannels ~user:* -@all +ping +scan +type +exists +hget +unlink".split(" ");
  await store.command("ACL", "SETUSER", "eraser", "reset", ...rights);
  return new Store(redis.url().replace("redis://", "redis://eraser:pw@"));
}

async function judged(): Promise<Expected[]> {
  const names = ["user:alice:pref:1", "user:alice:pref:2", "user:alice:pref:3", "user:alice:history:s"];
  await store.pipeline([
    ["HSET", names[0]!, "user_id", "alice"],
    ["HSET", names[1]!, "content", "says not whose"],
    ["HSET", names[2]!, "user_id", "alice"],
    ["RPUSH", names[3]!, "m"],
  ]);
  const keys = await judgeNamed(
    store,
    alice,
    names.map((name) => Buffer.from(name)),
  );
  expect(keys.map(({ concern }) => concern)).toEqual(["owned", "owned", "owned", "owned"]);
  return keys.map(asJudged);
}

describe.each([
  ["by script", async () => new Store(redis.url())],
  ["with nothing but the rights it needs", leastPrivileged],
])("%s", (_way, connect) => {
  let eraser: Store;
  beforeEach(async () => {
    eraser = await connect();
    return () => eraser.close();
  });

  test("what is unchanged goes", async () => {
    expect(await compareAndUnlink(eraser, await judged())).toEqual(["erased", "erased", "erased", "erased"]);
    expect(await allKeys(store)).toEqual([]);
  });

  test("what became another person's, another type, or nobody's is left alone", async () => {
    const keys = await judged();
    await store.pipeline([
      ["HSET", "user:alice:pref:1", "user_id", "bob"],
      ["HSET", "user:alice:pref:2", "user_id", "bob"],
      ["HDEL", "user:alice:pref:3", "user_id"],
      ["HSET", "user:alice:pref:3", "content", "x"],
      ["DEL", "user:alice:history:s"],
      ["SET", "user:alice:history:s", "now a string"],
    ]);
    // pref:3 lost its only field and was written anew without user_id: it is not what was judged.
    expect(await compareAndUnlink(eraser, keys)).toEqual(["changed", "changed", "changed", "changed"]);
    expect(await allKeys(store)).toHaveLength(4);
  });

  test("what ended meanwhile is told from what was erased", async () => {
    const keys = await judged();
    await store.command("DEL", "user:alice:pref:2");
    expect(await compareAndUnlink(eraser, keys)).toEqual(["erased", "gone", "erased", "erased"]);
  });

  test("a whole erasure works, and leaves others alone", async () => {
    await judged();
    await store.pipeline(
      Array.from({ length: 2_000 }, (_, n) => ["SET", `user:alice:x${n}:rate_limit`, "s"] as const),
    );
    await store.pipeline(
      Array.from({ length: 2_000 }, (_, n) => ["RPUSH", `user:alice:history:${n}`, "m"] as const),
    );
    await store.command("HSET", "user:bob:pref:1", "user_id", "bob");
    const result = await eraseUser(eraser, store, { userId: alice });
    expect(result.erased).toEqual({ ...noCounts(), sessions: 2_001, memories: 3 });
    expect(await allKeys(store)).toHaveLength(2_001);
  });
});

test("it works when Redis is at its memory limit", async () => {
  const full = await startRedisServer({ args: ["--maxmemory-policy", "noeviction"] });
  const client = new Store(full.url);
  try {
    const value = Buffer.alloc(10_000, "x");
    await client.pipeline(
      Array.from({ length: 200 }, (_, n) => ["RPUSH", `user:alice:history:${n}`, value] as const),
    );
    await client.command("CONFIG", "SET", "maxmemory", "1mb");
    await expect(client.command("SET", "one", "more")).rejects.toThrow(/OOM/);
    const own = new Store(redis.url());
    const result = await eraseUser(client, own, { userId: alice });
    own.close();
    expect(result).toMatchObject({ status: "verified", erased: { sessions: 200 } });
  } finally {
    client.close();
    await full.remove();
  }
});

test("a refusal is thrown, not counted as done", async () => {
  await judged();
  const rights = "on >pw resetchannels ~user:* -@all +ping +scan +type +hget".split(" ");
  await store.command("ACL", "SETUSER", "reader", "reset", ...rights);
  const reader = new Store(redis.url().replace("redis://", "redis://reader:pw@"));
  await expect(eraseUser(reader, store, { userId: alice })).rejects.toThrow(/NOPERM/);
  reader.close();
  expect(await allKeys(store)).toHaveLength(4);
});
