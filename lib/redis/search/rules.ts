/** Numbers and names that both the server's checks and the browser's forms follow. No zod here: it costs 47 kB. */

export const SEARCH_MODES = ["hybrid", "vector", "text"] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

export const QUERY_MAX_CHARS = 1_000;
export const K_DEFAULT = 5;
export const K_MAX = 100;
/** A pasted vector of 32,768 components as redis-cli escapes. */
export const PASTED_MAX_CHARS = 600_000;
/** What of a content a hit carries. */
export const HIT_CHARS = 2_000;
/** Memories of one person that a scan without an index looks at. */
export const MAX_SCANNED = 5_000;
/** Seconds since 1970 of the year 9999's end. */
export const TIME_MAX = 253_402_300_799;
