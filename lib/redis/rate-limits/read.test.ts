import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { rateLimitKey } from "../keys";
import { hitRateLimit } from "../limiter/hit";
import { Store } from "../store/store";
import { readRateLimits } from "./read";
import { setLimitOverride } from "./settings";

const redis = testRedis({ queryEngine: false });
let store: Store;
const userId = Buffer.from("alice");
const key = rateLimitKey(userId);

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const read = () => readRateLimits(store, store, { userId });
const states = async () => (await read()).windows.map((window) => window.state);

describe("readRateLimits", () => {
  it("says that there is nothing, and by which limits", async () => {
    const limits = await read();
    expect(limits).toMatchObject({
      state: "none",
      type: "none",
      key: "user:alice:rate_limit",
      keyExpiresAtMs: null,
      otherFields: [],
      otherFieldsComplete: true,
      limitsKnown: true,
    });
    expect(limits.windows.map((window) => [window.state, window.count, window.limit])).toEqual([
      ["unused", null, 60],
      ["unused", null, 1_000],
      ["unused", null, 10_000],
    ]);
    expect(Math.abs(limits.nowMs - Date.now())).toBeLessThan(1_000);
    expect(Math.abs(limits.clockOffsetMs)).toBeLessThan(100);
  });

  it("reads the tutorial's counters, each with a life of its own", async () => {
    await store.command("HSETEX", key, "EX", 60, "FIELDS", 1, "requests_per_minute", 1);
    await store.command("HINCRBY", key, "requests_per_minute", 1);
    await store.command(
      ...(["HSETEX", key, "EX", 60, "FIELDS", 2, "requests_per_minute", 1, "requests_per_hour", 1] as const),
    );
    await store.command("HSETEX", key, "EX", 86_400, "FIELDS", 1, "requests_per_day", 1);
    const { windows, nowMs, keyExpiresAtMs } = await read();
    // The tutorial's second line gives the hour a minute's life, and both one end.
    expect(windows.map((window) => [window.state, window.count, window.endsWith])).toEqual([
      ["ok", 1, null],
      ["short-life", 1, "minute"],
      ["ok", 1, null],
    ]);
    expect(keyExpiresAtMs).toBeNull();
    const [minute, hour, day] = windows;
    expect(hour!.resetInMs).toBeLessThanOrEqual(60_000);
    expect(day!.resetInMs).toBeGreaterThan(86_390_000);
    expect(minute!.resetAtMs).toBe(nowMs + minute!.resetInMs!);
  });

  it("does not lengthen a life by looking", async () => {
    await store.command("HSETEX", key, "PX", 300, "FIELDS", 1, "requests_per_minute", 1);
    const first = (await read()).windows[0]!.resetAtMs!;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(Math.abs((await read()).windows[0]!.resetAtMs! - first)).toBeLessThan(10);
    await new Promise((resolve) => setTimeout(resolve, 220));
    expect(await states()).toEqual(["unused", "unused", "unused"]);
  });

  it("tells near, blocked, stuck, wrong life and no number apart", async () => {
    await hitRateLimit(store, store, { userId });
    await store.command("HINCRBY", key, "requests_per_minute", 60);
    await store.command("HINCRBY", key, "requests_per_hour", 800);
    await store.command("HPERSIST", key, "FIELDS", 1, "requests_per_day");
    expect(await states()).toEqual(["blocked", "near", "stuck"]);
    await store.command("HSETEX", key, "EX", 3_600, "FIELDS", 1, "requests_per_minute", 7);
    await store.command("HSET", key, "requests_per_day", "<b>many</b>\u202e");
    expect(await states()).toEqual(["wrong-life", "near", "not-a-number"]);
    expect((await read()).windows[2]!.valueText).toBe("<b>many</b>\\xe2\\x80\\xae");
  });

  it("tells below zero and past 2^53, digit by digit", async () => {
    await hitRateLimit(store, store, { userId });
    await store.command("HINCRBY", key, "requests_per_minute", -5);
    await store.command("HINCRBY", key, "requests_per_hour", "9007199254740992");
    expect(await states()).toEqual(["negative", "too-large", "ok"]);
    expect((await read()).windows[1]).toMatchObject({ valueText: "9007199254740993", blocked: true });
  });

  it("tells an empty value, one that is too long to show, and spaces apart", async () => {
    await store.command("HSET", key, "requests_per_minute", "", "requests_per_hour", "x".repeat(5_000));
    await store.command("HSET", key, "requests_per_day", " 12 ");
    expect((await read()).windows.map(({ valueText, valueBytes }) => [valueText, valueBytes])).toEqual([
      ["", 0],
      ["", 5_000],
      [" 12 ", 4],
    ]);
  });

  it("judges by the override, and shows who set it", async () => {
    await hitRateLimit(store, store, { userId });
    await setLimitOverride(store, { userId, window: "minute", limit: 1, setBy: "local", reason: "abuse" });
    expect((await read()).windows[0]).toMatchObject({
      state: "blocked",
      blocked: true,
      limit: 1,
      limitSource: "override",
      defaultLimit: 60,
      override: { setBy: "local", reason: "abuse" },
    });
  });

  it("shows the life of the key apart from the lives of its fields", async () => {
    await hitRateLimit(store, store, { userId });
    await store.command("EXPIRE", key, 10);
    const { keyExpiresAtMs, nowMs, windows } = await read();
    expect(keyExpiresAtMs! - nowMs).toBeGreaterThan(9_000);
    expect(windows[2]!.resetInMs).toBeGreaterThan(80_000_000);
  });

  it("lists fields of another use, any bytes, with their own life", async () => {
    await hitRateLimit(store, store, { userId });
    await store.command("HSET", key, "__proto__", "1", Buffer.from([0xff, 0x00]), Buffer.from([0xfe]));
    await store.command("HSETEX", key, "EX", 100, "FIELDS", 1, "tokens", "x".repeat(5_000));
    await store.command("HSET", key, "text", "y".repeat(900));
    const { otherFields, otherFieldsComplete, nowMs } = await read();
    const byName = Object.fromEntries(otherFields.map((other) => [`field ${other.field}`, other]));
    expect(Object.keys(byName).sort()).toEqual(
      ["field __proto__", "field \\xff\\x00", "field text", "field tokens"].sort(),
    );
    expect(byName["field __proto__"]).toMatchObject({ valueText: "1", valueBytes: 1, expiresAtMs: null });
    expect(byName["field \\xff\\x00"]).toMatchObject({ valueText: "\\xfe" });
    expect(byName["field text"]!.valueText).toHaveLength(200);
    expect(byName["field tokens"]).toMatchObject({ valueText: "", valueBytes: 5_000 });
    expect(byName["field tokens"]!.expiresAtMs! - nowMs).toBeGreaterThan(98_000);
    expect(otherFieldsComplete).toBe(true);
  });

  it.each([250, 5_000])("stops at 200 other fields out of %s and says so", async (count) => {
    await hitRateLimit(store, store, { userId });
    await store.command("HSET", key, ...Array.from({ length: count * 2 }, (_, at) => `f${at}`));
    const { windows, otherFields, otherFieldsComplete } = await read();
    expect(otherFields.length).toBeGreaterThan(100);
    expect(otherFields.length).toBeLessThanOrEqual(200);
    expect(otherFieldsComplete).toBe(false);
    expect(windows.map((window) => window.count)).toEqual([1, 1, 1]);
  });

  it("never fetches a counter that is too long to be one", async () => {
    await store.command("HSET", key, "requests_per_minute", "9".repeat(1_000_000));
    const [minute] = (await read()).windows;
    expect(minute).toMatchObject({ state: "not-a-number", count: null, valueText: "" });
  });

  it("says which type of value has the name instead", async () => {
    await store.command("SETEX", key, 100, "7");
    const limits = await read();
    expect(limits).toMatchObject({ state: "wrong-type", type: "string" });
    expect(limits.keyExpiresAtMs).toBeGreaterThan(limits.nowMs);
  });

  it("works for a Redis user with the read role only, by the console's clock", async () => {
    await hitRateLimit(store, store, { userId });
    const rights = "+ping +type +pttl +hmget +hscan +hstrlen +hpttl +hello +client".split(" ");
    await store.command("ACL", "SETUSER", "reader", "on", ">pw", "resetchannels", "%R~user:*", ...rights);
    const reader = new Store(redis.url().replace("redis://", "redis://reader:pw@"));
    const limits = await readRateLimits(reader, store, { userId });
    expect(limits).toMatchObject({ state: "counters", clockOffsetMs: 0 });
    expect(limits.windows[0]).toMatchObject({ count: 1, state: "ok" });
    reader.close();
  });

  it("uses the built-in limits, and says so, when the console's own state is down", async () => {
    const nowhere = new Store("redis://127.0.0.1:1");
    const limits = await readRateLimits(store, nowhere, { userId });
    expect(limits).toMatchObject({ limitsKnown: false });
    expect(limits.windows[0]).toMatchObject({ limit: 60, limitSource: "default" });
    nowhere.close();
  });
});
