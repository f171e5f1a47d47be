/** When the next walk over the keyspace may begin. */

const STALE_MIN_MS = 500;
const STALE_FACTOR = 20;
const STALE_MAX_MS = 600_000;
/** A key takes about 0.1 ms in a quiet process. */
const SLOW_KEY_MS = 0.2;

export interface WalksSoFar {
  nowMs: number;
  /** The last walk that ended well. */
  last: { startedAtMs: number; finishedAtMs: number; keys: number; changedSince: boolean } | null;
  failedAtMs: number | null;
}

/** @returns ms until then; not above 0: at once; Infinity: not before something changes */
export function walkDueInMs({ nowMs, last, failedAtMs }: WalksSoFar): number {
  const afterFailure = failedAtMs === null ? 0 : failedAtMs + STALE_MIN_MS - nowMs;
  if (!last) return afterFailure;
  const age = nowMs - last.finishedAtMs;
  if (age > STALE_MAX_MS) return afterFailure;
  if (!last.changedSince) return Number.POSITIVE_INFINITY;
  // A machine that was busy with something else makes a short walk long, and that says nothing about the next.
  const cost = Math.min(last.finishedAtMs - last.startedAtMs, 50 + last.keys * SLOW_KEY_MS);
  return Math.max(afterFailure, Math.max(STALE_MIN_MS, cost * STALE_FACTOR) - age);
}
