/** Work in small pieces with rests between, so that others who use the store hardly notice. */

import type { PaceName } from "./faults";

export interface Pace {
  /** Keys that SCAN looks at in one call. */
  scanCount: number;
  /**
   * Vectors written in one round trip. One of 512 numbers holds the server for 0.55 ms (p50 in an HNSW index of 4,000,
   * measured), and what comes in one round trip is worked off in one go.
   */
  wave: number;
  /** A rest is so many times as long as the piece before it. */
  restFactor: number;
}

export const GENTLE: Pace = { scanCount: 40, wave: 1, restFactor: 3 };
/** For a store that nobody uses at the moment. */
const BRISK: Pace = { scanCount: 100, wave: 8, restFactor: 0 };

export function paceOf(name: PaceName): Pace {
  return name === "brisk" ? BRISK : GENTLE;
}

/** Longest rest, ms: a server that is slow for another reason must not stop the work. */
const LONGEST_REST_MS = 250;

/** Runs a piece and rests after it. */
export async function paced<T>(pace: Pace, piece: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await piece();
  const restMs = Math.min(LONGEST_REST_MS, (performance.now() - startedAt) * pace.restFactor);
  await new Promise((resolve) => setTimeout(resolve, restMs));
  return result;
}
