import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { rateLimitKey } from "../keys";
import { hitRateLimit } from "../limiter/hit";
import { toArray } from "../store/reply";
import { Store } from "../store/store";
import { keepCounters, repairStuckCounter, resetWindow } from "./repair";

const redis = testRedis({ queryEngine: false });
let store: Store;
const userId = Buffer.from("alice");
const key = rateLimitKey(userId);
const minute = { userId, window: "minute" } as const;

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const lifeOf = async (field: string) =>
  toArray(await store.command("HPTTL", key, "FIELDS", 1, field))[0] as number;

describe("resetWindow", () => {
  it("takes one counter away and says what it held", async () => {
    for (let n = 0; n < 3; n++) await hitRateLimit(store, store, { userId });
    expect(await resetWindow(store, minute)).toEqual({ removed: true, oldCount: 3 });
    const { windows } = await hitRateLimit(store, store, { userId });
    expect(windows.map((window) => window.count)).toEqual([1, 4, 4]);
  });

  it("takes the key with the last counter", async () => {
    await store.command("HSET", key, "requests_per_minute", 1);
    await resetWindow(store, minute);
    expect(await store.command("EXISTS", key)).toBe(0);
  });

  it("says that there was nothing", async () => {
    expect(await resetWindow(store, minute)).toEqual({ removed: false, oldCount: null });
  });

  it.each(["many", "9".repeat(5_000)])("removes what is no number", async (value) => {
    await store.command("HSET", key, "requests_per_minute", value);
    expect(await resetWindow(store, minute)).toEqual({ removed: true, oldCount: null });
  });

  it("leaves a key of another type as it is", async () => {
    await store.command("LPUSH", key, "x");
    await expect(resetWindow(store, minute)).rejects.toThrow(/WRONGTYPE/);
    expect(await store.command("LLEN", key)).toBe(1);
  });
});

describe("repairStuckCounter", () => {
  it("gives the counter its window's life and keeps its count", async () => {
    await store.command("HSET", key, "requests_per_minute", 75, "requests_per_hour", 80);
    const result = await repairStuckCounter(store, minute);
    expect(result).toMatchObject({ outcome: "repaired", count: 75 });
    expect(result.resetInMs).toBeGreaterThan(59_000);
    expect(await lifeOf("requests_per_minute")).toBeGreaterThan(58_000);
    expect(await lifeOf("requests_per_hour")).toBe(-1);
  });

  it("repairs the way the field gets stuck: HINCRBY on a counter that had expired", async () => {
    await store.command("HSETEX", key, "PX", 5, "FIELDS", 1, "requests_per_minute", 59);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await store.command("HINCRBY", key, "requests_per_minute", 1);
    expect(await lifeOf("requests_per_minute")).toBe(-1);
    expect(await repairStuckCounter(store, minute)).toMatchObject({ outcome: "repaired", count: 1 });
  });

  it("never touches a healthy one", async () => {
    await store.command("HSETEX", key, "EX", 7, "FIELDS", 1, "requests_per_minute", 5);
    const result = await repairStuckCounter(store, minute);
    expect(result).toMatchObject({ outcome: "healthy", count: 5 });
    expect(await lifeOf("requests_per_minute")).toBeLessThanOrEqual(7_000);
  });

  it("shortens a life that is longer than the window, and keeps the count", async () => {
    await store.command("HSETEX", key, "EX", 3_600, "FIELDS", 1, "requests_per_minute", 61);
    expect(await repairStuckCounter(store, minute)).toMatchObject({ outcome: "repaired", count: 61 });
    expect(await lifeOf("requests_per_minute")).toBeLessThanOrEqual(60_000);
  });

  it("says when it is gone, with the key or without", async () => {
    expect(await repairStuckCounter(store, minute)).toEqual({
      outcome: "gone",
      count: null,
      resetInMs: null,
    });
    await store.command("HSET", key, "requests_per_hour", 1);
    expect(await repairStuckCounter(store, minute)).toMatchObject({ outcome: "gone" });
    expect(await store.command("HLEN", key)).toBe(1);
  });

  it("repairs once when two click at once", async () => {
    await store.command("HSET", key, "requests_per_minute", 75);
    const outcomes = await Promise.all([
      repairStuckCounter(store, minute),
      repairStuckCounter(store, minute),
    ]);
    expect(outcomes.map((result) => result.outcome).sort()).toEqual(["healthy", "repaired"]);
  });
});

describe("keepCounters", () => {
  it("takes the life off the key and leaves each counter its own", async () => {
    await hitRateLimit(store, store, { userId });
    await store.command("EXPIRE", key, 5);
    expect(await keepCounters(store, { userId })).toEqual({ outcome: "repaired" });
    expect(await store.command("PTTL", key)).toBe(-1);
    expect(await lifeOf("requests_per_minute")).toBeGreaterThan(58_000);
    expect(await keepCounters(store, { userId })).toEqual({ outcome: "healthy" });
  });

  it("says when there is nothing, and leaves what is no hash to end as it would", async () => {
    expect(await keepCounters(store, { userId })).toEqual({ outcome: "gone" });
    await store.command("SETEX", key, 100, "x");
    await expect(keepCounters(store, { userId })).rejects.toMatchObject({ code: "conflict" });
    expect(await store.command("TTL", key)).toBeGreaterThan(90);
  });
});
