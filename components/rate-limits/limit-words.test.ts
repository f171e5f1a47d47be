import { describe, expect, it } from "vitest";
import {
  hitInWords,
  limitSentence,
  nextEndMs,
  nextInWords,
  timeLeft,
  windowAt,
  windowsAt,
} from "./limit-words";
import { limitsOf as limits, NOW } from "./test-kit";

describe("limitSentence", () => {
  it.each([
    ["nothing", limits(), "none", "Not blocked: no requests counted in the last day"],
    [
      "one window over",
      limits(["61", 42_000]),
      "blocked",
      "Blocked: 61 of 60 requests this minute; allowed again in 0:42",
    ],
    [
      "two windows over: the later end counts",
      limits(["60", 42_000], ["1000", 900_000]),
      "blocked",
      "Blocked: 1,000 of 1,000 requests this hour; allowed again in 15:00",
    ],
    [
      "stuck over another that ends",
      limits(["75", -1], ["1000", 900_000]),
      "stuck",
      "Blocked until repaired: 75 of 60 requests this minute, and that counter has no end",
    ],
    [
      "stuck below the limit",
      limits(["12", -1]),
      "stuck",
      "Not blocked yet: 12 of 60 requests this minute, and that counter has no end",
    ],
    [
      "over in one and stuck below in another",
      limits(["61", 5_000], ["3", -1]),
      "blocked",
      "Blocked: 61 of 60 requests this minute; allowed again in 0:05",
    ],
    [
      "past 2^53, digit by digit",
      limits(["9007199254740993", 5_000]),
      "blocked",
      "Blocked: 9007199254740993 of 60 requests this minute; allowed again in 0:05",
    ],
    [
      "below zero",
      limits(["-3", 5_000]),
      "broken",
      "Not blocked: -3 of 60 requests this minute, and that counter stands below zero",
    ],
    [
      "below zero and without an end",
      limits(["-5", -1]),
      "stuck",
      "Not blocked yet: -5 of 60 requests this minute, and that counter stands below zero and has no end",
    ],
    [
      "below zero for too long",
      limits(["-5", 3_600_000]),
      "broken",
      "Not blocked: -5 of 60 requests this minute, but that counter stands below zero and lives too long",
    ],
    [
      "below -2^53, digit by digit",
      limits(["-9223372036854775808", -1]),
      "broken",
      "Not blocked: -9223372036854775808 of 60 requests this minute, and that counter stands below zero",
    ],
    [
      "an hour that ends with the minute",
      limits(["3", 5_000], ["3", 5_000]),
      "broken",
      "Not blocked: 3 of 1,000 requests this hour, but that counter ends with the minute's",
    ],
    [
      "a limit of this person's own",
      { ...limits(), windows: [{ ...limits(["61", 42_000]).windows[0]!, limitSource: "override" as const }] },
      "blocked",
      "Blocked: 61 of 60 requests this minute, a limit set for this person; allowed again in 0:42",
    ],
    [
      "a stuck counter whose key ends",
      { ...limits(["75", -1]), keyExpiresAtMs: NOW + 42_000 },
      "blocked",
      "Blocked: 75 of 60 requests this minute; allowed again in 0:42",
    ],
    ["no number", limits(["many", 5]), "broken", "The minute counter holds no number: counting fails"],
    [
      "another window's life",
      limits(["5", 3_600_000]),
      "broken",
      "Not blocked: 5 of 60 requests this minute, but that counter lives too long",
    ],
    [
      "near",
      limits(["50", 5_000], ["51", 60_000]),
      "near",
      "Not blocked: 50 of 60 requests this minute; 10 left",
    ],
    ["fine", limits(["2", 5_000], ["300", 60_000]), "fine", "Not blocked: 300 of 1,000 requests this hour"],
  ])("%s", (_, given, tone, text) => {
    expect(limitSentence(given, NOW)).toEqual({ tone, text });
  });

  it("lets a block end when its time has come, without another look", () => {
    const blocked = limits(["61", 42_000]);
    expect(limitSentence(blocked, NOW + 41_999).text).toMatch(/allowed again in 0:01$/);
    expect(limitSentence(blocked, NOW + 42_000).tone).toBe("none");
  });

  it("takes all counters with the key's own life", () => {
    const ending = { ...limits(["61", 42_000], ["3", 900_000]), keyExpiresAtMs: NOW + 9_000 };
    expect(limitSentence(ending, NOW).text).toMatch(/allowed again in 0:09$/);
    expect(windowsAt(ending, NOW + 9_000).map(({ state }) => state)).toEqual(["unused", "unused", "unused"]);
  });

  it("knows when to look again: at the first end, a limit's included", () => {
    expect(nextEndMs(limits())).toBeNull();
    const two = limits(["61", 42_000], ["3", 900_000]);
    expect(nextEndMs(two)).toBe(NOW + 42_000);
    expect(nextEndMs({ ...two, keyExpiresAtMs: NOW + 5 })).toBe(NOW + 5);
    const override = { limit: 1, untilMs: NOW + 7, reason: "x", setBy: "x", setById: null, setAtMs: 1 };
    expect(nextEndMs({ ...two, windows: two.windows.map((window) => ({ ...window, override })) })).toBe(
      NOW + 7,
    );
  });

  it("says what stands in the place of the hash", () => {
    expect(limitSentence({ ...limits(), state: "wrong-type", type: "list" }, NOW).text).toMatch(
      /holds a list/,
    );
  });
});

describe("a window", () => {
  const next = (value: string, pttlMs: number, later = 0) =>
    nextInWords(windowAt(limits([value, pttlMs]).windows[0]!, NOW + later), NOW + later);

  it.each([
    ["61", 42_000, 0, "Allowed again in 0:42."],
    ["61", 42_000, 41_001, "Allowed again in 0:01."],
    ["61", 42_000, 42_000, "The next request begins a window of one minute."],
    ["61", 42_000, 999_999, "The next request begins a window of one minute."],
    ["22", 42_000, 0, "38 left; counts again from 0 in 0:42."],
    ["75", -1, 0, "Every request is refused, and waiting does not help."],
    ["59", -1, 0, "1 left, then every request is refused: it never starts again from 0."],
    ["75", 3_600_000, 0, "Refused for another 1 h."],
    ["-5", 3_600_000, 0, "65 left, more than the limit, for 1 h."],
    ["-9223372036854775808", -1, 0, "More left than anybody asks for."],
    ["9223372036854775807", -1, 0, "Every request is refused, and waiting does not help."],
    ["x", 1_000, 0, "Nothing can be counted on it: HINCRBY answers with an error."],
  ])("of %s requests and %s ms, %s ms later: %s", (value, pttlMs, later, text) => {
    expect(next(value, pttlMs, later)).toBe(text);
  });

  it("never counts below 0:00", () => {
    expect([-5, 0, 1, 1_500, 1_501, 59_600].map(timeLeft)).toEqual([
      ...["0:00", "0:00", "0:01", "0:01", "0:02", "1:00"],
    ]);
  });
});

describe("hitInWords", () => {
  const hit = {
    name: "minute",
    field: "f",
    count: 4,
    limit: 60,
    limitSource: "default",
    allowed: true,
    resetInMs: 9_000,
  } as const;
  it("says allowed by the first window, refused by the one that ends last", () => {
    expect(hitInWords({ allowed: true, windows: [hit] })).toBe(
      "Counted and allowed: 4 of 60 in the minute's window",
    );
    const refused = { ...hit, count: 61, allowed: false };
    const windows = [refused, { ...refused, name: "hour", resetInMs: 900_000 }];
    expect(hitInWords({ allowed: false, windows })).toBe(
      "Counted and refused: 61 of 60 in the hour's window; allowed again in 15:00",
    );
  });
});
