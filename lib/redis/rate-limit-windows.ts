/**
 * The request windows of the assistant, and how one of their counters is judged. Pure and without imports, so
 * that whoever reads counters (the limits of one person, a survey over many) and the browser say the same.
 *
 * A window is a field of the person's counter hash with a life of its own: it begins with the first request,
 * counts up by HINCRBY, and disappears when its life ends. It is not a calendar minute, hour or day.
 */

export interface RateLimitWindow {
  /** Short and stable, for addresses and inputs. */
  name: string;
  /** The hash field that counts. */
  field: string;
  /** Length of the window. */
  seconds: number;
  /** Requests allowed in one window when nobody set another limit. */
  defaultLimit: number;
  /** "61 of 60 requests *this minute*". */
  period: string;
}

/** Add a line to have another window counted, judged and shown everywhere. */
export const RATE_LIMIT_WINDOWS = [
  {
    name: "minute",
    field: "requests_per_minute",
    seconds: 60,
    defaultLimit: 60,
    period: "this minute",
  },
  {
    name: "hour",
    field: "requests_per_hour",
    seconds: 3_600,
    defaultLimit: 1_000,
    period: "this hour",
  },
  {
    name: "day",
    field: "requests_per_day",
    seconds: 86_400,
    defaultLimit: 10_000,
    period: "this day",
  },
] as const satisfies readonly RateLimitWindow[];

export type RateLimitWindowName = (typeof RATE_LIMIT_WINDOWS)[number]["name"];

/** The window that a hash field counts, or undefined for a field of another use. */
export function windowOfField(field: string): RateLimitWindow | undefined {
  return RATE_LIMIT_WINDOWS.find((window) => window.field === field);
}

/** The window of a name. */
export function windowNamed(name: RateLimitWindowName): RateLimitWindow {
  return RATE_LIMIT_WINDOWS.find((window) => window.name === name)!;
}

export type WindowVerdict =
  | "unused" // no such field: nothing was counted since the last window ended
  | "ok"
  | "near" // at least four fifths of the limit
  | "blocked" // the limit is reached: the next request is refused until the window ends
  | "stuck" // the field has no life of its own: it never starts again from 0
  | "wrong-life" // it lives longer than its window can: written with another window's life
  | "not-a-number"; // HINCRBY refuses to count on it

export interface WindowJudgement {
  state: WindowVerdict;
  /** Requests counted; null when there is no field or it holds no integer. */
  count: number | null;
  /** Is the next request refused by a limiter that allows `limit`? Independent of the state: a stuck counter may be either. */
  blocked: boolean;
  /** Time until it counts from 0 again; null when it never does, or has nothing to reset. */
  resetInMs: number | null;
}

const NEAR = 0.8;
/** Clocks and round trips: a life that is longer than its window by less than this is not remarkable. */
const LIFE_TOLERANCE_MS = 50;

/**
 * Judge one counter.
 *
 * @param field the hash field; a field that is no window is judged without a longest life
 * @param rawValue its bytes (HGET), null when absent
 * @param pttlMs as HPTTL answers: -1 no life, -2 no field. HPTTL answers -2 in a field's last millisecond while
 *   the field still counts (measured on 8.0.2), so with a value present -2 means 0 ms.
 * @param limit requests allowed in one window
 */
export function judgeWindow(
  field: string,
  rawValue: Uint8Array | null,
  pttlMs: number,
  limit: number,
): WindowJudgement {
  if (rawValue === null) return { state: "unused", count: null, blocked: false, resetInMs: null };
  const resetInMs = pttlMs === -1 ? null : Math.max(0, pttlMs);
  const count = counterValue(rawValue);
  if (count === null) return { state: "not-a-number", count, blocked: false, resetInMs };
  const blocked = count >= limit;
  const window = windowOfField(field);
  if (resetInMs === null) return { state: "stuck", count, blocked, resetInMs };
  if (window && resetInMs > window.seconds * 1000 + LIFE_TOLERANCE_MS) {
    return { state: "wrong-life", count, blocked, resetInMs };
  }
  if (blocked) return { state: "blocked", count, blocked, resetInMs };
  return { state: count >= limit * NEAR ? "near" : "ok", count, blocked, resetInMs };
}

const INT64_MAX = 2n ** 63n - 1n;

/**
 * What HINCRBY would count on: a 64-bit integer in its plain form, no plus, space or leading zero (string2ll in
 * Redis). @returns null for anything else. Past 2^53 the number is the nearest one JavaScript has.
 */
export function counterValue(raw: Uint8Array): number | null {
  if (raw.length > 20) return null;
  const text = String.fromCharCode(...raw);
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text)) return null;
  const exact = BigInt(text);
  return exact > INT64_MAX || exact < -INT64_MAX - 1n ? null : Number(exact);
}
