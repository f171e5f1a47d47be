/** Settings, numbers and names that both the server's checks and the browser's forms follow. No zod here: it costs 47 kB. */

export const SEARCH_MODES = ["hybrid", "vector", "text"] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

/** Everything about a search that is not the question itself: what the lab's controls turn, and what is compared. */
export interface RecallSettings {
  mode: SearchMode;
  /** How many memories are recalled. */
  k: number;
  /** By the index's metric, null for any. Word matches stay, however far. */
  maxDistance: number | null;
  /** What a place among the word matches counts, against … */
  textWeight: number;
  /** … the same place among the nearest. */
  vectorWeight: number;
  /** Reciprocal rank fusion's constant: the higher, the less the first places stand out. */
  fusionConstant: number;
  /** How far down both lists are read before they are joined, where fewer are asked for. */
  fusionDepth: number;
  /** Does a place among the word matches count by how many of the words the memory has? One of five: a fifth. */
  matchShare: boolean;
  /** What a longer word that begins with a word of four letters or more counts, against the word; 0 for nothing. */
  beginningWeight: number;
  /** 1 adds to a memory of this moment what a first place in a list of weight 1 is worth; 0 switches it off. */
  recencyWeight: number;
  /** After so many days the addition is half. */
  recencyHalfLifeDays: number;
  /** 1 adds to importance 10 what a first place in a list of weight 1 is worth; 0 switches it off. */
  importanceWeight: number;
  /** An index by name; null for the one in use. */
  index: string | null;
}

/** docs/decisions/0016 has the figures. */
export const DEFAULT_SETTINGS: RecallSettings = {
  mode: "hybrid",
  k: 5,
  maxDistance: null,
  textWeight: 1.5,
  vectorWeight: 1,
  fusionConstant: 10,
  fusionDepth: 20,
  matchShare: true,
  beginningWeight: 0.3,
  recencyWeight: 0,
  recencyHalfLifeDays: 30,
  importanceWeight: 0,
  index: null,
};

/** Least and greatest value of each number among the settings, both included. */
export const SETTING_RANGES = {
  k: { min: 1, max: 100 },
  maxDistance: { min: 0, max: 1e9 },
  textWeight: { min: 0, max: 100 },
  vectorWeight: { min: 0, max: 100 },
  fusionConstant: { min: 0, max: 1_000 },
  fusionDepth: { min: 1, max: 200 },
  beginningWeight: { min: 0, max: 1 },
  recencyWeight: { min: 0, max: 100 },
  recencyHalfLifeDays: { min: 0.01, max: 36_500 },
  importanceWeight: { min: 0, max: 100 },
} as const satisfies Partial<Record<keyof RecallSettings, { min: number; max: number }>>;

export const K_DEFAULT = DEFAULT_SETTINGS.k;
export const K_MAX = SETTING_RANGES.k.max;
export const QUERY_MAX_CHARS = 1_000;
/** A pasted vector of 32,768 components as redis-cli escapes. */
export const PASTED_MAX_CHARS = 600_000;
/** In which order the bytes of a pasted vector stand. Redis reads little-endian; the tutorial's samples are big-endian. */
export const BYTE_ORDERS = ["little", "big"] as const;
export type ByteOrder = (typeof BYTE_ORDERS)[number];
/** What of a content a hit carries. */
export const HIT_CHARS = 2_000;
/** Memories of one person that a scan without an index looks at. */
export const MAX_SCANNED = 5_000;
/** Seconds since 1970 of the year 9999's end. */
export const TIME_MAX = 253_402_300_799;

/** Four bytes are the most a character takes. */
export const HIT_BYTES = HIT_CHARS * 4;
