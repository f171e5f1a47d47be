import { expect, test } from "vitest";
import { command } from "../../scripts/lib/resp.mjs";
import { startRedisServer, testRedis } from "./redis";

const redis = testRedis();

test("a test file has an empty Redis 8 with the Query Engine", async () => {
  expect(await command(redis.url(), ["DBSIZE"])).toBe(0);
  expect(await command(redis.url(), ["FT._LIST"])).toEqual([]);
  expect(String(await command(redis.url(), ["INFO", "server"]))).toMatch(/redis_version:([89]|\d\d)\./);
});

test("a server of one's own can lack the Query Engine, be killed and come back with its data", async () => {
  const own = await startRedisServer({
    queryEngine: false,
    appendOnly: true,
    args: ["--appendfsync", "always"],
  });
  try {
    await expect(command(own.url, ["FT._LIST"])).rejects.toThrow(/unknown command/i);
    await command(own.url, ["SET", "kept", "1"]);
    await own.kill();
    await expect(command(own.url, ["PING"])).rejects.toThrow();
    await own.start();
    expect(await command(own.url, ["GET", "kept"])).toBe("1");
  } finally {
    await own.remove();
  }
});
