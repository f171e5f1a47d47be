import { describe, expect, it } from "vitest";
import { testRedis } from "../../testing/redis";
import { isError } from "../store/reply";
import { Store } from "../store/store";
import { windowNamed, windowsFrom } from "./config";
import { BUILT_IN_WINDOWS, counterValue, endingTogether, judgeWindow } from "./windows";

const [minute, hour] = BUILT_IN_WINDOWS as [(typeof BUILT_IN_WINDOWS)[0], (typeof BUILT_IN_WINDOWS)[0]];

describe("judgeWindow", () => {
  it.each([
    ["nothing counted", null, -2, { state: "unused", count: null, blocked: false, resetInMs: null }],
    ["a little", "3", 42_000, { state: "ok", count: 3, blocked: false, resetInMs: 42_000 }],
    ["below four fifths", "47", 1, { state: "ok", count: 47, blocked: false, resetInMs: 1 }],
    ["four fifths", "48", 1, { state: "near", count: 48, blocked: false, resetInMs: 1 }],
    ["one left", "59", 9, { state: "near", count: 59, blocked: false, resetInMs: 9 }],
    ["reached", "60", 9, { state: "blocked", count: 60, blocked: true, resetInMs: 9 }],
    ["over", "61", 9, { state: "blocked", count: 61, blocked: true, resetInMs: 9 }],
    ["its last millisecond", "61", -2, { state: "blocked", count: 61, blocked: true, resetInMs: 0 }],
    ["no life", "5", -1, { state: "stuck", count: 5, blocked: false, resetInMs: null }],
    ["no life, over", "99", -1, { state: "stuck", count: 99, blocked: true, resetInMs: null }],
    ["an hour's life", "5", 3e6, { state: "wrong-life", count: 5, blocked: false, resetInMs: 3e6 }],
    ["its full life", "1", 60_000, { state: "ok", count: 1, blocked: false, resetInMs: 60_000 }],
    ["text", "many", 10, { state: "not-a-number", count: null, blocked: false, resetInMs: 10 }],
    ["negative", "-4", 10, { state: "negative", count: -4, blocked: false, resetInMs: 10 }],
    ["2^53", "9007199254740992", 10, { state: "too-large", count: 2 ** 53, blocked: true, resetInMs: 10 }],
    ["2^53, no life", "9007199254740993", -1, { state: "too-large", blocked: true, resetInMs: null }],
    ["-2^53", "-9007199254740992", 10, { state: "too-large", count: -(2 ** 53), blocked: false }],
    ["the least", "-9223372036854775808", -1, { state: "too-large", blocked: false, resetInMs: null }],
    ["-2^53 + 1", "-9007199254740991", 10, { state: "negative", count: -(2 ** 53) + 1 }],
  ] as const)("%s", (_, value, pttlMs, expected) => {
    const raw = value === null ? null : Buffer.from(value);
    expect(judgeWindow(minute, raw, pttlMs, 60)).toMatchObject(expected);
  });

  it("lets an hour field live a minute: what is left of a life tells nothing about its length", () => {
    expect(judgeWindow(hour, Buffer.from("1"), 60_000, 1_000).state).toBe("ok");
  });

  it("tells by another counter's end, to the millisecond, whose life a counter has", () => {
    expect(endingTogether(BUILT_IN_WINDOWS, [42_000, 42_000, 80_000_000])).toEqual([null, 0, null]);
    expect(endingTogether(BUILT_IN_WINDOWS, [42_000, 42_001, 42_001])).toEqual([null, 0, 0]);
    expect(endingTogether(BUILT_IN_WINDOWS, [42_000, 42_010, null])).toEqual([null, null, null]);
    // With EX 3600 it is the minute that lives too long, and the hour is right.
    expect(endingTogether(BUILT_IN_WINDOWS, [3_599_000, 3_599_000, null])).toEqual([null, null, null]);
  });
});

describe("the windows in force", () => {
  it("are the built-in ones and those of the configuration, shortest first", () => {
    const windows = windowsFrom([
      { field: "requests_per_week", seconds: 604_800, limit: 5_000 },
      { field: "tokens", seconds: 10, limit: 7 },
      { field: "requests_per_hour", seconds: 3_600, limit: 9 },
    ]);
    expect(windows.map(({ name, defaultLimit, period }) => [name, defaultLimit, period])).toEqual([
      ["tokens", 7, "in tokens"],
      ["minute", 60, "this minute"],
      ["hour", 9, "this hour"],
      ["day", 10_000, "this day"],
      ["week", 5_000, "this week"],
    ]);
  });

  it("have names, and no other name is one", () => {
    expect(windowNamed("hour")).toBe(BUILT_IN_WINDOWS[1]);
    for (const name of ["__proto__", "", "week"]) {
      expect(() => windowNamed(name), name).toThrow(/must be one of minute, hour, day/);
    }
  });
});

describe("counterValue", () => {
  const redis = testRedis({ queryEngine: false });

  it("takes for a number exactly what HINCRBY takes for one", async () => {
    const store = new Store(redis.url());
    const values = ["0", "1", "-1", "01", "+1", " 1", "1 ", "-0", "", "1.5", "1e3", "0x1", "nan", "1\0"]
      .concat(["9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809"])
      .concat(["9007199254740993", "99999999999999999999", "\u0661"]);
    for (const value of values) {
      const [, answer] = await store.pipeline([
        ["HSET", "counter", "f", value],
        ["HINCRBY", "counter", "f", 0],
      ]);
      const counted = counterValue(Buffer.from(value));
      if (isError(answer)) expect.soft(counted, JSON.stringify(value)).toBeNull();
      else expect.soft(counted, JSON.stringify(value)).toBe(Number(value));
    }
    store.close();
  });
});
