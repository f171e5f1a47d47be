/**
 * Numbers and times for people. The only file that uses Intl, so that the same value reads the same on
 * every page. One locale on purpose: server and browser must print the same text, or hydration breaks.
 */

const LOCALE = "en";
const NOTHING = "—";
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const threeDigits = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 });
const compact = new Intl.NumberFormat(LOCALE, { notation: "compact", maximumSignificantDigits: 3 });

const collator = new Intl.Collator(LOCALE, { numeric: true });

/** The order people expect of names: session_2 before session_10. Never 0 for two different names. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/** 1002338 → "1,002,338". */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? whole.format(value) : NOTHING;
}

/** 1002338 → "1M": for axes and other places without room. */
export function formatCompact(value: number): string {
  return Number.isFinite(value) ? compact.format(value) : NOTHING;
}

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"] as const;

/** 1553210000 → "1.55 GB"; with `exact`, "1,553,210,000 bytes". Decimal units, as the words say. */
export function formatBytes(value: number, options: { exact?: boolean } = {}): string {
  if (!Number.isFinite(value)) return NOTHING;
  if (options.exact) return `${whole.format(value)} ${value === 1 ? "byte" : "bytes"}`;
  let unit = 0;
  let scaled = value;
  // 999.5 would round up to "1,000 kB": step to the next unit before that shows.
  while (Math.abs(scaled) >= 999.5 && unit < UNITS.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? whole.format(scaled) : threeDigits.format(scaled)} ${UNITS[unit]}`;
}

/** 42000 → "0:42", 83640000 → "23 h 14 min", 273600000 → "3 d 4 h". Never below "0:00". */
export function formatDuration(ms: number): string {
  if (Number.isNaN(ms)) return NOTHING;
  const left = Math.max(0, ms);
  if (left === Number.POSITIVE_INFINITY) return "∞";
  if (left < HOUR) {
    const seconds = Math.floor(left / SECOND);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
  if (left < DAY) return join(Math.floor(left / HOUR), "h", Math.floor((left % HOUR) / MINUTE), "min");
  return join(Math.floor(left / DAY), "d", Math.floor((left % DAY) / HOUR), "h");
}

function join(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return `${whole.format(big)} ${bigUnit}${small > 0 ? ` ${small} ${smallUnit}` : ""}`;
}

const STEPS: ReadonlyArray<[limitMs: number, unitMs: number, unit: string]> = [
  [MINUTE, SECOND, "s"],
  [HOUR, MINUTE, "min"],
  [DAY, HOUR, "h"],
  [30 * DAY, DAY, "d"],
  [365 * DAY, 30 * DAY, "mo"],
  [Number.POSITIVE_INFINITY, 365 * DAY, "y"],
];

/** "just now", "42 s ago", "3 h ago", "in 4 d". */
export function formatTimeAgo(ms: number, nowMs: number): string {
  if (!Number.isFinite(ms)) return NOTHING;
  const distance = nowMs - ms;
  const size = Math.abs(distance);
  if (size < 5 * SECOND) return "just now";
  const [, unitMs, unit] = STEPS.find(([limit]) => size < limit) ?? STEPS[0]!;
  const amount = `${whole.format(Math.floor(size / unitMs))} ${unit}`;
  return distance > 0 ? `${amount} ago` : `in ${amount}`;
}

export type Zone = "utc" | "local";

const cache = new Map<string, Intl.DateTimeFormat>();

function dates(zone: Zone, kind: "full" | "day" | "time" | "short"): Intl.DateTimeFormat {
  const name = `${zone} ${kind}`;
  let format = cache.get(name);
  if (!format) {
    const date = { day: "numeric", month: "short", year: "numeric" } as const;
    const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
    const shape: Intl.DateTimeFormatOptions =
      kind === "full"
        ? { ...date, ...time, timeZoneName: "short" }
        : kind === "day"
          ? { weekday: "short", ...date }
          : kind === "time"
            ? time
            : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    format = new Intl.DateTimeFormat("en-GB", { ...shape, ...(zone === "utc" ? { timeZone: "UTC" } : {}) });
    cache.set(name, format);
  }
  return format;
}

/** "4 Mar 2026, 14:03:22 UTC". `local` differs between server and browser: only after hydration. */
export function formatDateTime(ms: number, zone: Zone = "utc"): string {
  return isTime(ms) ? dates(zone, "full").format(ms) : NOTHING;
}

/** "Wed 4 Mar 2026". */
export function formatDay(ms: number, zone: Zone = "utc"): string {
  return isTime(ms) ? dates(zone, "day").format(ms).replace(",", "") : NOTHING;
}

/** "14:03:22", or "14:03" without seconds. */
export function formatTime(ms: number, zone: Zone = "utc", options: { seconds?: boolean } = {}): string {
  return isTime(ms) ? dates(zone, options.seconds === false ? "short" : "time").format(ms) : NOTHING;
}

/** Beyond this, Date holds "Invalid Date" and Intl throws. Stored timestamps can be anything. */
export function isTime(ms: number): boolean {
  return Math.abs(ms) <= 8.64e15;
}

/** A vector distance or similarity: always three digits, never "-0.000". */
export function formatDistance(value: number): string {
  if (!Number.isFinite(value)) return NOTHING;
  const text = value.toFixed(3);
  return text === "-0.000" ? "0.000" : text;
}

/** How long a call took: "0.4 ms", "12 ms", "1.24 s". */
export function formatMs(ms: number): string {
  if (!Number.isFinite(ms)) return NOTHING;
  if (ms >= 1000) return `${threeDigits.format(ms / 1000)} s`;
  if (ms >= 10) return `${whole.format(ms)} ms`;
  return `${(Math.round(ms * 10) / 10).toFixed(1)} ms`;
}

/** A share of 1: 0.427 → "43%", 0.004 → "0.4%". Never "100%" for almost, nor "0%" for a little. */
export function formatPercent(share: number): string {
  if (!Number.isFinite(share)) return NOTHING;
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return "<0.1%";
  if (percent > 99 && percent < 100) return `${Math.min(99.9, Math.floor(percent * 10) / 10)}%`;
  return `${percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent)}%`;
}
