/** Bounds and names that the server's checks and the browser's forms share. No zod here: it costs 47 kB. */
import { DEFAULT_SETTINGS, type RecallSettings } from "../recall/rules";

export const SETS_MAX = 50;
export const SET_NAME_CHARS = 80;
/** Of one set, and of all sets together. */
export const QUESTIONS_MAX = 2_000;
export const QUESTION_CHARS = 1_000;
export const EXPECTED_MAX = 10;
/** Settings that one run compares. */
export const SETTINGS_MAX = 5;
export const SETTING_NAME_CHARS = 40;
/** How far down a run looks for what is expected. */
export const RUN_DEPTH = 10;
/** Runs of a set that are kept, newest first. */
export const RUNS_KEPT = 50;
export const QUESTIONS_PAGE = 50;
/** Lines and characters of an import: a server action takes 1 MB. */
export const IMPORT_LINES = 1_000;
export const IMPORT_CHARS = 900_000;

export interface NamedSettings {
  name: string;
  settings: RecallSettings;
}

/** What a run compares unless it is told otherwise: either list alone, and both as the defaults join them. */
export const USUAL_SETTINGS: readonly NamedSettings[] = [
  { name: "Words", settings: { ...DEFAULT_SETTINGS, mode: "text" } },
  { name: "Meaning", settings: { ...DEFAULT_SETTINGS, mode: "vector" } },
  { name: "Both", settings: DEFAULT_SETTINGS },
];
