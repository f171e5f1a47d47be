import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { rateLimitKey } from "../keys";
import { setDefaultLimit, setLimitOverride } from "../rate-limits/settings";
import { Store } from "../store/store";
import { forgetRecentLimits, LIMITS_MAX_AGE_MS } from "./cache";
import { hitRateLimit } from "./hit";
import { BUILT_IN_WINDOWS } from "./windows";

const redis = testRedis({ queryEngine: false });
let store: Store;
const userId = Buffer.from("alice");
const key = rateLimitKey(userId);

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(async () => {
  await redis.flush();
  forgetRecentLimits(store);
});
afterAll(() => store.close());

const hit = (id = userId) => hitRateLimit(store, store, { userId: id });

describe("hitRateLimit", () => {
  it("counts one request in every window and gives each field the life of its own window", async () => {
    expect((await hit()).allowed).toBe(true);
    const second = await hit();
    expect(second.windows.map(({ name, count, limit, allowed }) => [name, count, limit, allowed])).toEqual([
      ["minute", 2, 60, true],
      ["hour", 2, 1_000, true],
      ["day", 2, 10_000, true],
    ]);
    for (const [at, window] of BUILT_IN_WINDOWS.entries()) {
      const { resetInMs } = second.windows[at]!;
      expect(resetInMs).toBeLessThanOrEqual(window.seconds * 1000);
      expect(resetInMs).toBeGreaterThan(window.seconds * 1000 - 2_000);
    }
    expect(await store.command("PTTL", key)).toBe(-1);
  });

  it("goes on with the counters that the tutorial's HSETEX began, and leaves their ends alone", async () => {
    await store.command("HSETEX", key, "EX", 20, "FIELDS", 1, "requests_per_minute", 1);
    const [minute] = (await hit()).windows;
    expect(minute).toMatchObject({ count: 2 });
    expect(minute!.resetInMs).toBeLessThanOrEqual(20_000);
  });

  it("allows exactly the limit, and keeps counting the refused", async () => {
    await setDefaultLimit(store, { window: "minute", limit: 2, setBy: "test" });
    const answers = [];
    for (let n = 0; n < 4; n++) answers.push(await hit());
    expect(answers.map((answer) => answer.allowed)).toEqual([true, true, false, false]);
    expect(answers.map((answer) => answer.windows[0]!.count)).toEqual([1, 2, 3, 4]);
    expect(answers[3]!.windows[1]).toMatchObject({ name: "hour", allowed: true });
  });

  it("takes the override of one person before the default, and nobody else's", async () => {
    await setLimitOverride(store, { userId, window: "day", limit: 1, setBy: "test" });
    await hit();
    const own = await hit();
    expect(own).toMatchObject({ allowed: false });
    expect(own.windows[2]).toMatchObject({ limit: 1, limitSource: "override", allowed: false });
    const other = await hit(Buffer.from("Alice"));
    expect(other.windows[2]).toMatchObject({ limit: 10_000, limitSource: "default", count: 1 });
  });

  it("holds a limit of another process within a second, and one of its own at once", async () => {
    const other = new Store(redis.url());
    const limit = async () => (await hit()).windows[0]!.limit;
    expect(await limit()).toBe(60);
    await setLimitOverride(store, { userId, window: "minute", limit: 7, setBy: "test" });
    expect(await limit()).toBe(7);
    await setLimitOverride(other, { userId, window: "minute", limit: 9, setBy: "another process" });
    await new Promise((resolve) => setTimeout(resolve, LIMITS_MAX_AGE_MS + 20));
    expect(await limit()).toBe(9);
    other.close();
  });

  it("gives a stuck counter its life back", async () => {
    await store.command("HSET", key, "requests_per_minute", 99);
    const first = await hit();
    expect(first.windows[0]).toMatchObject({ count: 100, allowed: false });
    expect(first.windows[0]!.resetInMs).toBeGreaterThan(58_000);
  });

  it("begins again with 1 when the window is over", async () => {
    const windows = [{ name: "blink", field: "blink", seconds: 1, defaultLimit: 1, period: "now" }];
    const count = async () => {
      const { allowed, windows: answered } = await hitRateLimit(store, store, { userId, windows });
      return [answered[0]!.count, allowed];
    };
    expect([await count(), await count()]).toEqual([
      [1, true],
      [2, false],
    ]);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await count()).toEqual([1, true]);
    expect(await store.command("HTTL", key, "FIELDS", 1, "blink")).toEqual([1]);
  });

  it("treats any id as bytes", async () => {
    const odd = Buffer.from([0x61, 0x00, 0xff, 0x3a, 0x2a, 0x7b, 0x7d, 0x0a]);
    expect((await hit(odd)).windows[0]).toMatchObject({ count: 1 });
    expect(await store.command("HLEN", rateLimitKey(odd))).toBe(3);
  });

  it.each([
    ["text", "many", /requests_per_minute holds no whole number/],
    ["nothing", "", /requests_per_minute holds no whole number/],
    ["too long a text", "9".repeat(5_000), /requests_per_minute holds no whole number/],
    ["the largest number", "9223372036854775807", /largest number/],
  ])("says so when a counter holds %s", async (_, value, message) => {
    await store.command("HSET", key, "requests_per_minute", value);
    await expect(hit()).rejects.toMatchObject({
      name: "SafeError",
      code: "store_refused",
      message: expect.stringMatching(message),
    });
    expect((await store.command("HGET", key, "requests_per_hour"))?.toString()).toBe("1");
  });

  it("says so when the key is no hash, and counts nothing", async () => {
    await store.command("LPUSH", key, "x");
    await expect(hit()).rejects.toMatchObject({
      code: "store_refused",
      message: expect.stringContaining("another type"),
    });
    expect(await store.command("LLEN", key)).toBe(1);
  });

  it("says that nobody can judge the request when only the limits cannot be read", async () => {
    const nowhere = new Store("redis://127.0.0.1:1");
    await expect(hitRateLimit(store, nowhere, { userId })).rejects.toMatchObject({
      code: "store_unreachable",
      message: expect.stringContaining("was counted, but its limits"),
    });
    nowhere.close();
    await expect(hit()).resolves.toMatchObject({ windows: [{ count: 2 }, { count: 2 }, { count: 2 }] });
  });
});
