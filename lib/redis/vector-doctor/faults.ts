/** What can be wrong with a memory's vector, and what mends it. For the server and the page alike. */

/** The order in which they are looked for: a vector has the first that fits. */
export const FAULTS = [
  "missing", // no vector at all
  "text", // numbers as text: a JSON array, or with commas
  "float64", // twice as long, and sane as doubles
  "wrong-length", // another number of dimensions than the index's: Redis leaves the whole memory out
  "byte-order", // sane in the other byte order alone
  "not-finite", // NaN or infinite
  "zero-norm", // all zeros: no direction
  "other-model", // made by another model than the index's, as the field beside it says
  "stale", // made of another text than the memory has now
] as const;
export type Fault = (typeof FAULTS)[number];

export const CURES = ["swap", "narrow", "parse", "embed"] as const;
export type Cure = (typeof CURES)[number];

/** Why nothing can be done: there is no text to embed, or no model to embed it with. */
export type Incurable = "no-text" | "no-model";

/** Cured or to be cured, by the way it is done. */
export type CureCounts = Record<Cure | Incurable, number>;

export function noCures(): CureCounts {
  return { swap: 0, narrow: 0, parse: 0, embed: 0, "no-text": 0, "no-model": 0 };
}

export function noFaults(): Record<Fault, CureCounts> {
  return Object.fromEntries(FAULTS.map((fault) => [fault, noCures()])) as Record<Fault, CureCounts>;
}

export function totalOf(counts: CureCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** `gentle`: others hardly notice. `brisk`: without rests. */
export const PACES = ["gentle", "brisk"] as const;
export type PaceName = (typeof PACES)[number];
