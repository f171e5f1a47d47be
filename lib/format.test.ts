import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCount,
  formatDateTime,
  formatDay,
  formatDistance,
  formatDuration,
  formatMs,
  formatPercent,
  formatTime,
  formatTimeAgo,
} from "./format";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("numbers", () => {
  it("groups counts", () => {
    expect(formatCount(1002338)).toBe("1,002,338");
    expect(formatCount(0)).toBe("0");
    expect(formatCount(Number.NaN)).toBe("—");
  });

  it("keeps three digits of a size and can tell every byte", () => {
    expect(formatBytes(0)).toBe("0 B");
    expect(formatBytes(999)).toBe("999 B");
    expect(formatBytes(1000)).toBe("1 kB");
    expect(formatBytes(999_999)).toBe("1 MB");
    expect(formatBytes(1_553_210_000)).toBe("1.55 GB");
    expect(formatBytes(1_553_210_000, { exact: true })).toBe("1,553,210,000 bytes");
    expect(formatBytes(1, { exact: true })).toBe("1 byte");
  });

  it("shows distances with three digits and no negative zero", () => {
    expect(formatDistance(0.21449)).toBe("0.214");
    expect(formatDistance(-0.00001)).toBe("0.000");
    expect(formatDistance(1)).toBe("1.000");
  });

  it("shows how long a call took", () => {
    expect(formatMs(0.42)).toBe("0.4 ms");
    expect(formatMs(12.4)).toBe("12 ms");
    expect(formatMs(1240)).toBe("1.24 s");
  });

  it("never rounds a share to all or nothing", () => {
    expect(formatPercent(0)).toBe("0%");
    expect(formatPercent(0.0004)).toBe("<0.1%");
    expect(formatPercent(0.427)).toBe("43%");
    expect(formatPercent(0.9999)).toBe("99.9%");
    expect(formatPercent(1)).toBe("100%");
  });
});

describe("durations", () => {
  it.each([
    [-5, "0:00"],
    [42_000, "0:42"],
    [59 * MINUTE + 59_999, "59:59"],
    [HOUR, "1 h"],
    [23 * HOUR + 14 * MINUTE, "23 h 14 min"],
    [DAY, "1 d"],
    [3 * DAY + 4 * HOUR, "3 d 4 h"],
    [Number.POSITIVE_INFINITY, "∞"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe("times", () => {
  const at = Date.UTC(2026, 2, 4, 14, 3, 22);

  it("says how long ago, and how long until", () => {
    expect(formatTimeAgo(at, at + 1000)).toBe("just now");
    expect(formatTimeAgo(at, at + 42_000)).toBe("42 s ago");
    expect(formatTimeAgo(at, at + 3 * HOUR + MINUTE)).toBe("3 h ago");
    expect(formatTimeAgo(at, at + 29 * DAY)).toBe("29 d ago");
    expect(formatTimeAgo(at, at + 90 * DAY)).toBe("3 mo ago");
    expect(formatTimeAgo(at, at + 800 * DAY)).toBe("2 y ago");
    expect(formatTimeAgo(at, at - 4 * DAY)).toBe("in 4 d");
  });

  it("writes the full time in UTC", () => {
    expect(formatDateTime(at)).toBe("4 Mar 2026, 14:03:22 UTC");
    expect(formatDay(at)).toBe("Wed 4 Mar 2026");
    expect(formatTime(at)).toBe("14:03:22");
    expect(formatTime(at, "utc", { seconds: false })).toBe("14:03");
  });

  it("survives a timestamp no calendar holds", () => {
    expect(formatDateTime(1e300)).toBe("—");
    expect(formatDay(Number.NaN)).toBe("—");
  });
});
