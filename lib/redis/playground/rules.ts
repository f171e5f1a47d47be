/** Settings and bounds that both the server's checks and the browser's forms follow. No zod here. */
import type { SearchMode } from "../recall/rules";

/** How the ids of throw-away people begin: whoever finds one in a store knows where it comes from. */
export const TEST_PREFIX = "playground-";
/** For so long a person can be put back as they were. */
export const RUN_MS = 3_600_000;

/** More than this is not kept for putting back: keys, and bytes as Redis estimates them. */
export const MAX_KEPT_KEYS = 1_000;
export const MAX_KEPT_BYTES = 4_000_000;

export const MESSAGE_MAX_CHARS = 4_000;
export const FACT_MAX_CHARS = 4_000;
export const CATEGORY_MAX_CHARS = 60;
export const K_MAX = 20;
export const HISTORY_MAX = 50;
export const KEEP_MAX = 1_000;
/** What of a chat endpoint's reply is taken. */
export const REPLY_MAX_CHARS = 20_000;

/** As the tutorial's assistant has them, and one hour for those who want to see a session end. */
export const SESSION_LIVES = [3_600, 86_400] as const;

export interface PlaygroundSettings {
  mode: SearchMode;
  /** How many memories are recalled. */
  k: number;
  /** Messages that the prompt carries: LRANGE 0 n-1. */
  history: number;
  /** Messages that the session keeps: LTRIM 0 n-1. */
  keep: number;
  /** EXPIRE of the session, seconds. */
  lifeSeconds: (typeof SESSION_LIVES)[number];
}

export const PLAYGROUND_DEFAULTS: PlaygroundSettings = {
  mode: "hybrid",
  k: 5,
  history: 5,
  keep: 30,
  lifeSeconds: 86_400,
};
