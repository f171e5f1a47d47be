/**
 * How far the server's clock is ahead of the browser's. Every answer that names its time says it to within half of its
 * way there and back; the answer that travelled least says it best.
 */

/** Two quartz clocks drift apart by no more than this: what was known exactly an hour ago is known a little less now. */
const DRIFT = 100e-6;
/** What an answer of unknown travel time is worth. */
const UNKNOWN_TRAVEL_MS = 2_000;

export interface Skew {
  ms: number;
  /** It is wrong by no more than this. */
  withinMs: number;
  /** By the browser's clock. */
  atMs: number;
}

export const NO_SKEW: Skew = { ms: 0, withinMs: Number.POSITIVE_INFINITY, atMs: 0 };

/**
 * @param serverMs the server's time, read at some moment between sending and receiving
 * @returns the skew to go on with: the better of what was known and what this answer says, or this answer when both
 *   cannot be true (somebody has set a clock)
 */
export function learnSkew(
  known: Skew,
  serverMs: number,
  travel: { sentAtMs: number; receivedAtMs: number } | null,
  nowMs: number,
): Skew {
  const middleMs = travel ? (travel.sentAtMs + travel.receivedAtMs) / 2 : nowMs;
  const withinMs = travel ? (travel.receivedAtMs - travel.sentAtMs) / 2 : UNKNOWN_TRAVEL_MS;
  const told: Skew = { ms: Math.round(serverMs - middleMs), withinMs, atMs: nowMs };
  if (withinMs < 0) return known; // the browser's clock was set while the answer travelled
  const knownWithinMs = known.withinMs + Math.abs(nowMs - known.atMs) * DRIFT;
  if (!Number.isFinite(known.withinMs)) {
    // The browser's own clock is a fair guess, as good as an answer of unknown travel time.
    return !travel && Math.abs(told.ms) < UNKNOWN_TRAVEL_MS ? known : told;
  }
  const contradicts = Math.abs(told.ms - known.ms) > withinMs + knownWithinMs;
  return contradicts || withinMs <= knownWithinMs ? told : known;
}
