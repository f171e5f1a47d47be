/** What a page has seen of somebody's counters while it was watched, and what only watching can tell. Pure. */
import type { RateLimits, WindowState } from "@/lib/redis/rate-limits/schema";
import { windowsAt } from "./limit-words";

export interface SeenCounts {
  /** By Redis's clock. */
  atMs: number;
  /** Per window, in order; 0 where there was no counter, null where it held no number. */
  counts: (number | null)[];
  /** When each would end. */
  endsMs: (number | null)[];
}

/** Some minutes of a busy person, hours of a quiet one. */
export const MAX_SEEN = 240;

/** The list with what is seen now, where that is news; the same list where it is not. */
export function addSeen(
  seen: readonly SeenCounts[],
  limits: RateLimits,
  atMs: number,
): readonly SeenCounts[] {
  if (limits.state === "wrong-type") return seen;
  const windows = windowsAt(limits, atMs);
  const now: SeenCounts = {
    atMs,
    counts: windows.map(({ state, count }) => (state === "unused" ? 0 : count)),
    endsMs: windows.map(({ resetAtMs }) => resetAtMs),
  };
  const last = seen.at(-1);
  if (last && sameCounts(last.counts, now.counts)) return seen;
  return [...seen, now].slice(-MAX_SEEN);
}

function sameCounts(a: readonly (number | null)[], b: readonly (number | null)[]): boolean {
  return a.length === b.length && a.every((count, at) => count === b[at]);
}

/**
 * {@link lifeAtBeginning} of every window, by the life of the counter itself: what the key as a whole has left says
 * nothing about how the counter was begun.
 */
export function livesAtBeginning(
  seen: readonly SeenCounts[],
  limits: RateLimits,
  redisNowMs: number,
): (number | null)[] {
  return windowsAt(limits, redisNowMs).map(({ state }, at) =>
    state === "unused" ? null : lifeAtBeginning(seen, limits.windows[at]!, at),
  );
}

/** Round trips, and the moment between looking and drawing. */
const TOLERANCE_MS = 250;

/**
 * How long a counter had to live when it began, at most, where the page saw that it was not there before and that this
 * is shorter than its window: then it was written with another window's life, for certain. Null where nothing of that
 * was seen: of a counter that was there already nobody can say how long its life was.
 */
export function lifeAtBeginning(
  seen: readonly SeenCounts[],
  { seconds, resetAtMs, state }: WindowState,
  at: number,
): number | null {
  if (resetAtMs === null || state === "unused") return null;
  const begun = seen.findLastIndex(({ counts }) => counts[at] === 0);
  const first = seen[begun + 1];
  if (begun === -1 || !first) return null;
  const longestMs = resetAtMs - seen[begun]!.atMs;
  return longestMs < seconds * 1000 - TOLERANCE_MS ? longestMs : null;
}
