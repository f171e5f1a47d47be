/** What a limit may be. Without imports, for the browser too. */

export const MAX_LIMIT = 1_000_000_000;
/** Longest time-boxed override: ten years. Beyond, it has no end in fact. */
export const MAX_OVERRIDE_MS = 10 * 366 * 86_400_000;
