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

/** The windows of every assistant. RATE_LIMIT_WINDOWS changes them and adds others: see rate-limit-config.ts. */
export const BUILT_IN_WINDOWS: readonly RateLimitWindow[] = [
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
];

/**
 * A window that somebody configured. `requests_per_week` is called week and says "this week"; a field of another
 * name is called by that name.
 */
export function windowOf(field: string, seconds: number, defaultLimit: number): RateLimitWindow {
  const name = /^requests_per_(.+)$/.exec(field)?.[1];
  return {
    name: name ?? field,
    field,
    seconds,
    defaultLimit,
    period: name ? `this ${name}` : `in ${field}`,
  };
}

export type WindowVerdict =
  | "unused" // no such field: nothing was counted since the last window ended
  | "ok"
  | "near" // at least four fifths of the limit
  | "blocked" // the limit is reached: the next request is refused until the window ends
  | "stuck" // the field has no life of its own: it never starts again from 0
  | "wrong-life" // it lives longer than its window can: written with another window's life
  | "short-life" // it ends together with a shorter window, to the millisecond: written with that one's life
  | "negative" // somebody counted down: more requests are let in than the limit
  | "too-large" // further than 2^53 from zero: most languages read another number than Redis counts
  | "not-a-number"; // HINCRBY refuses to count on it

/** What asks for somebody's attention, whether or not it blocks; the worst first. */
export const TROUBLES: readonly WindowVerdict[] = [
  "stuck",
  "not-a-number",
  "too-large",
  "negative",
  "wrong-life",
  "short-life",
];

export interface WindowJudgement {
  state: WindowVerdict;
  /** Requests counted; null when there is no field or it holds no integer. Past 2^53 the nearest number. */
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
 * @param window how long it may live at most
 * @param rawValue its bytes (HGET), null when absent
 * @param pttlMs as HPTTL answers: -1 no life, -2 no field. HPTTL answers -2 in a field's last millisecond while
 *   the field still counts (measured on 8.0.2), so with a value present -2 means 0 ms.
 * @param limit requests allowed in one window
 */
export function judgeWindow(
  window: Pick<RateLimitWindow, "seconds">,
  rawValue: Uint8Array | null,
  pttlMs: number,
  limit: number,
): WindowJudgement {
  if (rawValue === null) return { state: "unused", count: null, blocked: false, resetInMs: null };
  const resetInMs = pttlMs === -1 ? null : Math.max(0, pttlMs);
  const count = counterValue(rawValue);
  if (count === null) return { state: "not-a-number", count, blocked: false, resetInMs };
  const blocked = count >= limit;
  const state = stateOf(count, blocked, resetInMs, window.seconds, limit);
  return { state, count, blocked, resetInMs };
}

function stateOf(
  count: number,
  blocked: boolean,
  resetInMs: number | null,
  seconds: number,
  limit: number,
): WindowVerdict {
  if (!Number.isSafeInteger(count)) return "too-large";
  if (resetInMs === null) return "stuck";
  if (resetInMs > seconds * 1000 + LIFE_TOLERANCE_MS) return "wrong-life";
  if (count < 0) return "negative";
  if (blocked) return "blocked";
  return count >= limit * NEAR ? "near" : "ok";
}

/** One HSETEX gives all its fields one end; TIME and rounding blur it by this much. */
const SAME_END_MS = 2;

/**
 * Which counters live a shorter window's life: `HSETEX key EX 60 FIELDS 2 requests_per_minute 1 requests_per_hour 1`
 * ends both in the same millisecond, after one minute.
 *
 * What is left of a life does not tell how long it was: an hour with 40 s to go may be a right one at its end. Only
 * two counters that end together say it, and chance makes that in about one look of 15,000.
 *
 * @param lives HPTTL per window, null for none
 * @returns per window the place of the shorter window that it ends with, or null
 */
export function endingTogether(
  windows: readonly Pick<RateLimitWindow, "seconds">[],
  lives: readonly (number | null)[],
): (number | null)[] {
  return windows.map(({ seconds }, at) => {
    const life = lives[at];
    if (life === null || life === undefined) return null;
    const shorter = windows.findIndex((other, otherAt) => {
      const otherLife = lives[otherAt];
      if (other.seconds >= seconds || otherLife === null || otherLife === undefined) return false;
      return Math.abs(otherLife - life) <= SAME_END_MS && life <= other.seconds * 1000 + LIFE_TOLERANCE_MS;
    });
    return shorter === -1 ? null : shorter;
  });
}

/** The judgement of a counter that {@link endingTogether} found: what is worse than a wrong life stays. */
export function withShortLife(judged: WindowJudgement): WindowJudgement {
  const healthy = judged.state === "ok" || judged.state === "near" || judged.state === "blocked";
  return healthy ? { ...judged, state: "short-life" } : judged;
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
