/** What a search is asked. */
import { type ByteOrder, DEFAULT_SETTINGS, type RecallSettings } from "./rules";

/** What narrows a search. */
export interface RecallFilters {
  minImportance: number | null;
  maxImportance: number | null;
  /** Unix seconds. */
  since: number | null;
  until: number | null;
  /** As shown; see lib/bytes. */
  category: string | null;
}

export interface SearchQuestion extends RecallSettings, RecallFilters {
  /** null: everyone, which needs the index. */
  userId: Buffer | null;
  query: string;
  /** A pasted vector; it takes the place of the query's own. */
  vector: string | null;
  /** Of the pasted vector's bytes. */
  byteOrder: ByteOrder;
}

export const NO_FILTERS: RecallFilters = {
  minImportance: null,
  maxImportance: null,
  since: null,
  until: null,
  category: null,
};

export function settingsOf(question: RecallSettings): RecallSettings {
  const { mode, k, maxDistance, textWeight, vectorWeight, fusionConstant, fusionDepth, index } = question;
  const { recencyWeight, recencyHalfLifeDays, importanceWeight } = question;
  const { matchShare, beginningWeight } = question;
  const boosts = { recencyWeight, recencyHalfLifeDays, importanceWeight };
  const fusion = { textWeight, vectorWeight, fusionConstant, fusionDepth, matchShare, beginningWeight };
  return { mode, k, maxDistance, ...fusion, ...boosts, index };
}

/** What an assistant asks: one person's memories for one text, without filters. */
export function plainQuestion(
  userId: Buffer | null,
  query: string,
  settings: RecallSettings = DEFAULT_SETTINGS,
): SearchQuestion {
  return { ...settings, ...NO_FILTERS, userId, query, vector: null, byteOrder: "little" };
}
