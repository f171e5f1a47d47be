import { describe, expect, it } from "vitest";
import { markBefore, pauseWords } from "./message-marks";

const HOUR = 3_600_000;
const noon = Date.UTC(2026, 2, 4, 12);
const at = (...times: (number | null)[]) => times.map((timestampMs) => ({ timestampMs }));

describe("pauseWords", () => {
  it.each([
    [0, null],
    [HOUR - 1, null],
    [HOUR, "1 h later"],
    [4.5 * HOUR, "4 h later"],
    [24 * HOUR, "1 d later"],
    [80 * HOUR, "3 d later"],
    [-59_999, null],
    [-120_000, "2 min earlier by its time"],
    [-3 * HOUR, "3 h earlier by its time"],
    [-50 * HOUR, "2 d earlier by its time"],
  ])("%i", (ms, words) => {
    expect(pauseWords(ms)).toBe(words);
  });
});

describe("markBefore", () => {
  it("begins a day at the first message that has a time", () => {
    const items = at(null, noon, noon + 1000);
    expect(markBefore(items, 0, "utc")).toEqual({ dayMs: null, pause: null });
    expect(markBefore(items, 1, "utc")).toEqual({ dayMs: noon, pause: null });
    expect(markBefore(items, 2, "utc")).toEqual({ dayMs: null, pause: null });
  });

  it("says how long a pause was, over messages without a time, and when it crosses midnight", () => {
    const items = at(noon, null, noon + 4 * HOUR, noon + 14 * HOUR);
    expect(markBefore(items, 2, "utc")).toEqual({ dayMs: null, pause: "4 h later" });
    expect(markBefore(items, 3, "utc")).toEqual({ dayMs: noon + 14 * HOUR, pause: "10 h later" });
  });
});
