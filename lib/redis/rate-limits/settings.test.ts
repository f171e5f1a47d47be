import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { consoleKeys } from "../console-keys";
import { eraseConsoleState } from "../erasure/console-state";
import { forgetOverrides, readLimits } from "../limiter/settings";
import { Store } from "../store/store";
import { readLimitChanges } from "./limit-changes";
import { setOverrideInput } from "./schema";
import { clearDefaultLimit, clearLimitOverride, setDefaultLimit, setLimitOverride } from "./settings";

const redis = testRedis({ queryEngine: false });
let store: Store;
const alice = Buffer.from("alice");
const odd = Buffer.from([0x3a, 0xff, 0x00, 0x3a]);
const setBy = "local";

beforeAll(() => {
  store = new Store(redis.url());
});
beforeEach(() => redis.flush());
afterAll(() => store.close());

const limitsOf = async (userId: Buffer) => (await readLimits(store, [userId]))[0]!;

describe("limits", () => {
  it("are the built-in ones until somebody sets others", async () => {
    expect(await limitsOf(alice)).toEqual(
      [60, 1_000, 10_000].map((limit) => ({
        limit,
        source: "default",
        defaultLimit: limit,
        defaultSetBy: null,
        override: null,
      })),
    );
  });

  it("have a default that says who set it, and can be cleared", async () => {
    await setDefaultLimit(store, { window: "hour", limit: 500, setBy });
    const hour = (await limitsOf(alice))[1]!;
    expect(hour).toMatchObject({ limit: 500, source: "default", defaultSetBy: { limit: 500, setBy } });
    expect(await clearDefaultLimit(store, { window: "hour", setBy })).toEqual({ cleared: true });
    expect(await clearDefaultLimit(store, { window: "hour", setBy })).toEqual({ cleared: false });
    expect((await limitsOf(alice))[1]).toMatchObject({ limit: 1_000, defaultSetBy: null });
  });

  it("are overridden for one person and window, whatever bytes the id holds", async () => {
    await setLimitOverride(store, { userId: odd, window: "minute", limit: 5, setBy, reason: "ticket 7" });
    const [ofAlice, ofOdd] = await readLimits(store, [alice, odd]);
    expect(ofAlice!.map((limit) => limit.source)).toEqual(["default", "default", "default"]);
    expect(ofOdd![0]).toMatchObject({
      limit: 5,
      source: "override",
      defaultLimit: 60,
      override: { limit: 5, untilMs: null, reason: "ticket 7", setBy },
    });
    expect(await clearLimitOverride(store, { userId: odd, window: "minute", setBy })).toEqual({
      cleared: true,
    });
    expect((await limitsOf(odd))[0]).toMatchObject({ limit: 60, override: null });
  });

  it("lose an override with an end when it comes", async () => {
    const until = Date.now() + 200;
    await setLimitOverride(store, { userId: alice, window: "day", limit: 5, setBy, untilMs: until });
    expect((await limitsOf(alice))[2]).toMatchObject({ limit: 5, override: { untilMs: until } });
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await limitsOf(alice))[2]).toMatchObject({ limit: 10_000, override: null });
  });

  it("lose the end with the override that is replaced", async () => {
    await setLimitOverride(store, {
      userId: alice,
      window: "day",
      limit: 5,
      setBy,
      untilMs: Date.now() + 100,
    });
    await setLimitOverride(store, { userId: alice, window: "day", limit: 6, setBy });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await limitsOf(alice))[2]).toMatchObject({ limit: 6 });
  });

  it("can all be forgotten with a person, and leave everyone else's", async () => {
    for (const userId of [alice, Buffer.from("Alice")]) {
      await setLimitOverride(store, { userId, window: "day", limit: 5, setBy });
      await setLimitOverride(store, { userId, window: "minute", limit: 5, setBy });
    }
    expect(await forgetOverrides(store, alice)).toBe(2);
    expect(await store.command("HLEN", consoleKeys.rateLimitOverrides())).toBe(2);
  });

  it.each(["not json", "null", "5", '{"limit":0,"setBy":"x","setAtMs":1}', '{"limit":"9"}'])(
    "ignore a setting that is none of ours: %s",
    async (value) => {
      await store.command("HSET", consoleKeys.rateLimitDefaults(), "requests_per_minute", value);
      await store.command("HSET", consoleKeys.rateLimitOverrides(), "requests_per_minute:alice", value);
      expect((await limitsOf(alice))[0]).toMatchObject({ limit: 60, source: "default" });
    },
  );
});

describe("a limit that was seen", () => {
  const minute = { userId: alice, window: "minute", setBy };
  const conflict = expect.objectContaining({ code: "conflict" });

  it("is replaced and taken back while it is the one that is there", async () => {
    const first = await setLimitOverride(store, { ...minute, limit: 5, seenSetAtMs: null });
    await store.command("PEXPIRE", consoleKeys.rateLimitOverrides(), 100_000);
    await setLimitOverride(store, { ...minute, limit: 6, seenSetAtMs: first.setAtMs });
    const { override } = (await limitsOf(alice))[0]!;
    expect(override).toMatchObject({ limit: 6 });
    expect(await clearLimitOverride(store, { ...minute, seenSetAtMs: override!.setAtMs })).toEqual({
      cleared: true,
    });
    const hour = { window: "hour", setBy };
    const { setAtMs } = await setDefaultLimit(store, { ...hour, limit: 5, seenSetAtMs: null });
    expect(await clearDefaultLimit(store, { ...hour, seenSetAtMs: setAtMs })).toEqual({ cleared: true });
  });

  it("does not stand for another one that was set meanwhile, whose end stays with it", async () => {
    const untilMs = Date.now() + 86_400_000;
    await setLimitOverride(store, { ...minute, limit: 100, untilMs });
    for (const seenSetAtMs of [null, 1]) {
      await expect(setLimitOverride(store, { ...minute, limit: 5, seenSetAtMs })).rejects.toEqual(conflict);
      await expect(clearLimitOverride(store, { ...minute, seenSetAtMs })).rejects.toEqual(conflict);
    }
    expect((await limitsOf(alice))[0]!.override).toMatchObject({ limit: 100, untilMs });
    const field = "requests_per_minute:alice";
    const key = consoleKeys.rateLimitOverrides();
    expect(await store.command("HPEXPIRETIME", key, "FIELDS", 1, field)).toEqual([untilMs]);
    expect(await readLimitChanges(store, alice)).toHaveLength(1);
    await setDefaultLimit(store, { window: "hour", limit: 500, setBy });
    const other = setDefaultLimit(store, { window: "hour", limit: 600, setBy, seenSetAtMs: null });
    await expect(other).rejects.toEqual(conflict);
    expect((await limitsOf(alice))[1]).toMatchObject({ limit: 500 });
  });

  it("does not come back when it has ended", async () => {
    const { setAtMs } = await setLimitOverride(store, { ...minute, limit: 5 });
    await clearLimitOverride(store, minute);
    const again = setLimitOverride(store, { ...minute, limit: 6, seenSetAtMs: setAtMs });
    await expect(again).rejects.toEqual(conflict);
    expect((await limitsOf(alice))[0]!.override).toBeNull();
  });

  it("is set by one of two who saw the same", async () => {
    const both = await Promise.allSettled(
      [5, 6].map((limit) => setLimitOverride(store, { ...minute, limit, seenSetAtMs: null })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await readLimitChanges(store, alice)).toHaveLength(1);
  });
});

describe("who changed a limit", () => {
  const by = { setBy: "Dana", setById: "o1" };

  it("is kept with it, newest first, and apart from everybody else's", async () => {
    await setLimitOverride(store, { userId: alice, window: "minute", limit: 5, ...by, reason: "ticket 7" });
    await clearLimitOverride(store, { userId: alice, window: "minute", ...by });
    await setDefaultLimit(store, { window: "hour", limit: 500, ...by });
    expect(await readLimitChanges(store, alice)).toMatchObject([
      { by: "Dana", byId: "o1", window: "minute", limit: null, reason: null },
      { by: "Dana", byId: "o1", window: "minute", limit: 5, untilMs: null, reason: "ticket 7" },
    ]);
    expect(await readLimitChanges(store, null)).toMatchObject([{ window: "hour", limit: 500 }]);
    expect(await readLimitChanges(store, odd)).toEqual([]);
    expect((await limitsOf(alice))[1]!.defaultSetBy).toMatchObject(by);
  });

  it("is kept of a real change alone, in bounds, without the id, and not for ever", async () => {
    await clearLimitOverride(store, { userId: alice, window: "minute", ...by });
    expect(await readLimitChanges(store, alice)).toEqual([]);
    for (let limit = 1; limit <= 25; limit++) {
      await setLimitOverride(store, { userId: alice, window: "day", limit, ...by });
    }
    expect((await readLimitChanges(store, alice, 100)).map(({ limit }) => limit)).toHaveLength(20);
    const keys = String(await store.command("KEYS", "*changes*"));
    expect(keys).not.toContain("alice");
    expect(await store.command("TTL", keys)).toBeGreaterThan(86_400 * 89);
  });

  it("goes with the person's erasure", async () => {
    await setLimitOverride(store, { userId: alice, window: "day", limit: 7, ...by });
    await eraseConsoleState(store, alice);
    expect(await readLimitChanges(store, alice)).toEqual([]);
  });

  it.each(["not json", "null", "[]", '{"atMs":"now"}'])(
    "ignores an entry that is none of ours: %s",
    async (entry) => {
      await store.command("LPUSH", consoleKeys.rateLimitChanges("everyone"), entry);
      expect(await readLimitChanges(store, null)).toEqual([]);
    },
  );
});

describe("input", () => {
  const good = { ref: "abc", window: "minute", limit: 1, reason: "ticket 7" };
  it.each([1, 60, 1_000_000_000])("takes the limit %s", (limit) => {
    expect(setOverrideInput.safeParse({ ...good, limit }).success).toBe(true);
  });
  it.each([0, -1, 1.5, 1_000_000_001, 2 ** 53 + 2, Number.NaN, 1 / 0, "60", null, undefined])(
    "refuses the limit %s and names the rule",
    (limit) => {
      const parsed = setOverrideInput.safeParse({ ...good, limit });
      expect(parsed.error?.issues[0]).toMatchObject({
        path: ["limit"],
        message: expect.stringContaining("from 1 to 1,000,000,000"),
      });
    },
  );
  it.each([0, Date.now() - 1, 1.5, 8.64e15, Number.NaN, "soon"])("refuses the end %s", (untilMs) => {
    expect(setOverrideInput.safeParse({ ...good, untilMs }).error?.issues[0]).toMatchObject({
      path: ["untilMs"],
      message: expect.stringContaining("in the future"),
    });
  });
  it.each(["", "  ", undefined, "x".repeat(201)])("refuses the reason %s", (reason) => {
    expect(setOverrideInput.safeParse({ ...good, reason }).error?.issues[0]?.path).toEqual(["reason"]);
  });
  it.each(["second", "__proto__", "", 1])("refuses the window %s", (window) => {
    expect(setOverrideInput.safeParse({ ...good, window }).error?.issues[0]?.path).toEqual(["window"]);
  });
});
