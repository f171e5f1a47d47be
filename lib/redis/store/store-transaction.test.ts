import { afterAll, beforeAll, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { Store } from "./store";

const redis = testRedis({ queryEngine: false });
let store: Store;
beforeAll(() => {
  store = new Store(redis.url());
});
afterAll(() => store?.close());

it("is binary-safe: bytes that are not UTF-8 come back as they are", async () => {
  const bytes = Buffer.from([0x68, 0xff, 0x00]);
  const replies = await store.transaction([
    ["RPUSH", "list", bytes],
    ["LRANGE", "list", 0, -1],
  ]);
  expect(replies).toEqual([1, [bytes]]);
});

it("throws the first refused command's error; the others took effect", async () => {
  await store.command("SET", "text", "x");
  const refused = store.transaction([
    ["LPUSH", "text", "y"],
    ["SET", "other", "z"],
  ]);
  await expect(refused).rejects.toThrow(/^WRONGTYPE/);
  expect(String(await store.command("GET", "other"))).toBe("z");
});

it("does nothing when a command cannot be queued, and names that command's error", async () => {
  await expect(store.transaction([["SET", "never", "x"], ["LLEN"]])).rejects.toThrow(/wrong number/);
  expect(await store.command("EXISTS", "never")).toBe(0);
});

it("keeps transactions apart from commands that are sent at the same time", async () => {
  const many = Array.from({ length: 50 }, (_, at) =>
    store.transaction([
      ["INCR", "count"],
      ["INCR", "count"],
      ["GET", `missing:${at}`],
    ]),
  );
  const pings = store.pipeline(Array.from({ length: 50 }, () => ["PING"] as const));
  const pairs = (await Promise.all(many)).map(([first, second]) => Number(second) - Number(first));
  expect(pairs).toEqual(Array(50).fill(1));
  expect((await pings).map(String)).toEqual(Array(50).fill("PONG"));
});
