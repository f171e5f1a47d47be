/** How good a recall was, and how sure one can be of it: over questions, by resampling them. Pure; the same every time. */

/** A mean with the 95 % interval in which resampling left it. */
export interface Estimate {
  mean: number;
  low: number;
  high: number;
}

/** What one question came to. */
export interface Outcome {
  /** Expected memories there are. */
  expected: number;
  /** Places of those that were found, from 1, in any order. */
  places: readonly number[];
}

export const CUTS = [1, 5, 10] as const;
export type Cut = (typeof CUTS)[number];

const RESAMPLES = 1_000;
const SEED = 20_260_101;

/** The share of the expected memories among the first `cut`. */
export function recallAt({ expected, places }: Outcome, cut: number): number {
  return expected === 0 ? 0 : places.filter((place) => place <= cut).length / expected;
}

/** 1 over the place of the first expected memory, 0 when none was found. */
export function reciprocalRank({ places }: Outcome): number {
  return places.length === 0 ? 0 : 1 / Math.min(...places);
}

/** Percentile bootstrap over questions. Of no questions everything is 0. */
export function estimate(values: readonly number[], seed = SEED): Estimate {
  if (values.length === 0) return { mean: 0, low: 0, high: 0 };
  const random = generator(seed);
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let drawn = 0; drawn < values.length; drawn += 1) {
      sum += values[Math.floor(random() * values.length)]!;
    }
    return sum / values.length;
  }).sort((a, b) => a - b);
  const at = (share: number) => means[Math.min(RESAMPLES - 1, Math.floor(share * RESAMPLES))]!;
  return { mean: meanOf(values), low: at(0.025), high: at(0.975) };
}

/** How much better the first is, question by question: an interval without 0 is a difference beyond chance. */
export function pairedDifference(first: readonly number[], second: readonly number[]): Estimate {
  if (first.length !== second.length) throw new RangeError("pairs need as many of the one as of the other");
  return estimate(first.map((value, at) => value - second[at]!));
}

export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 0 ≤ x < 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
