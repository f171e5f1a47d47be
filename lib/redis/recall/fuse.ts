/** Two ranked lists and two boosts as one score, every part of which can be shown. */
import type { RecallSettings } from "./rules";

export interface Ranks {
  textRank: number | null;
  vectorRank: number | null;
  /** How much of the words looked for the memory has, to 1; null where it does not matter. */
  share: number | null;
}

/** The parts of a score. All of them are in the unit of reciprocal rank fusion: 1 / (constant + place). */
export interface ScoreTerms {
  textTerm: number;
  vectorTerm: number;
  recencyTerm: number;
  importanceTerm: number;
}

type Weights = Pick<
  RecallSettings,
  | "textWeight"
  | "vectorWeight"
  | "fusionConstant"
  | "recencyWeight"
  | "recencyHalfLifeDays"
  | "importanceWeight"
>;

const DAY_SECONDS = 86_400;
/** Seconds of the year 5138: a number beyond is a time in milliseconds. */
const MS_FROM = 100_000_000_000;

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009), and what age and importance add. A memory that shares one
 * word with a long question is no word match as one that has all of them is: fixed weights are wrong for either.
 * @param nowSeconds Unix seconds
 */
export function scoreTerms(
  memory: Ranks & { importance: number | null; timestamp: number | null },
  settings: Weights,
  nowSeconds: number,
): ScoreTerms {
  const { fusionConstant } = settings;
  const part = (weight: number, rank: number | null) =>
    rank === null ? 0 : weight / (fusionConstant + rank);
  const firstPlace = 1 / (fusionConstant + 1);
  return {
    textTerm: part(settings.textWeight, memory.textRank) * (memory.share ?? 1),
    vectorTerm: part(settings.vectorWeight, memory.vectorRank),
    recencyTerm: settings.recencyWeight * firstPlace * recency(memory.timestamp, settings, nowSeconds),
    importanceTerm: settings.importanceWeight * firstPlace * importanceShare(memory.importance),
  };
}

/** 1 now, a half after a half-life; 0 where no time is known. */
function recency(timestamp: number | null, { recencyHalfLifeDays }: Weights, nowSeconds: number): number {
  if (timestamp === null) return 0;
  const seconds = Math.abs(timestamp) >= MS_FROM ? timestamp / 1_000 : timestamp;
  // A clock that runs ahead makes nothing newer than new.
  const ageDays = Math.max(0, nowSeconds - seconds) / DAY_SECONDS;
  return 0.5 ** (ageDays / recencyHalfLifeDays);
}

/** Of the scale to 10; 0 where there is none. */
function importanceShare(importance: number | null): number {
  return Math.min(10, Math.max(0, importance ?? 0)) / 10;
}

/** Do boosts reorder what the lists bring? */
export function isBoosted({ recencyWeight, importanceWeight }: Weights): boolean {
  return recencyWeight > 0 || importanceWeight > 0;
}
