/** Inputs and answers of the rate-limits feature. Safe for the browser; client components import its types only. */
import { z } from "zod";
import type { SurveyStatus } from "../keyspace/survey-schema";
import { isWindowName } from "../limiter/config";
import { MAX_LIMIT, MAX_OVERRIDE_MS } from "../limiter/limit-bounds";
import type { LimitOverride, SetLimit } from "../limiter/settings";
import type { WindowVerdict } from "../limiter/windows";

const ref = z.string().min(1, "must not be empty").max(100_000, "is too long for a reference");
const windowRule = "must be the name of a window, for example minute";
const window = z.string({ error: windowRule }).max(100, windowRule).refine(isWindowName, windowRule);

const limitRule = "must be a whole number from 1 to 1,000,000,000";
const limit = z.number({ error: limitRule }).int(limitRule).min(1, limitRule).max(MAX_LIMIT, limitRule);

const untilRule = "must be a time in the future, at most ten years away";
const untilMs = z
  .number({ error: untilRule })
  .int(untilRule)
  .refine((ms) => ms > Date.now() && ms <= Date.now() + MAX_OVERRIDE_MS, untilRule);

export const userInput = z.object({ ref });
export const everyoneInput = z.object({});
export const windowInput = z.object({ ref, window });
/** `setAtMs` of the setting that is to be replaced, null for none: another one stays. Absent: whichever is there. */
const seenRule = "must be the time at which the seen limit was set, or null for none";
const seenSetAtMs = z.number({ error: seenRule }).nullable().optional();

export const setDefaultInput = z.object({ window, limit, seenSetAtMs });
export const clearDefaultInput = z.object({ window, seenSetAtMs });
export const clearOverrideInput = z.object({ ref, window, seenSetAtMs });
export const setOverrideInput = z.object({
  ref,
  window,
  limit,
  seenSetAtMs,
  /** Epoch ms; absent for no end. */
  untilMs: untilMs.optional(),
  reason: z
    .string({ error: "must say why, for whoever looks at this person next" })
    .trim()
    .min(1, "must say why, for whoever looks at this person next")
    .max(200, "must have at most 200 characters"),
});

export type ClearDefaultInput = z.input<typeof clearDefaultInput>;
export type ClearOverrideInput = z.input<typeof clearOverrideInput>;
export type SetDefaultInput = z.input<typeof setDefaultInput>;
export type SetOverrideInput = z.input<typeof setOverrideInput>;

/** Somebody set a limit, or took a setting back. */
export interface LimitChange {
  atMs: number;
  /** The operator's name at the time, and the id; null where it was not kept. */
  by: string;
  byId: string | null;
  window: string;
  /** null: the setting was taken back. */
  limit: number | null;
  untilMs: number | null;
  reason: string | null;
}

/** One window of a person, as it stands. */
export interface WindowState {
  name: string;
  field: string;
  /** Length of the window. */
  seconds: number;
  /** "this minute" */
  period: string;
  state: WindowVerdict;
  /** Requests counted; null when there is no field or it holds no integer. */
  count: number | null;
  /** The name of the shorter window that this one ends with, to the millisecond; null for none. */
  endsWith: string | null;
  /** What the field holds where that is no integer, or one past 2^53; cut, and empty where it is long. Null otherwise. */
  valueText: string | null;
  /** HSTRLEN where there is such a text; null otherwise. */
  valueBytes: number | null;
  /** Is the next request refused? */
  blocked: boolean;
  limit: number;
  limitSource: "default" | "override";
  defaultLimit: number;
  defaultSetBy: SetLimit | null;
  override: LimitOverride | null;
  /** HPTTL; null when the field has no life of its own, or is not there. */
  resetInMs: number | null;
  /** The same on Redis's clock, epoch ms, so that a countdown does not depend on when it was drawn. */
  resetAtMs: number | null;
}

/** A field of the counter hash that is no window of ours. */
export interface OtherField {
  /** Display text of the field's name. */
  field: string;
  /** Display text of its value, cut. */
  valueText: string;
  /** null where it is masked. */
  valueBytes: number | null;
  /** Epoch ms on Redis's clock when it expires; null when it has no life. */
  expiresAtMs: number | null;
}

export interface RateLimits {
  /** `none`: no key. `wrong-type`: the name is taken by a value of another type. */
  state: "counters" | "none" | "wrong-type";
  /** As TYPE answers. */
  type: string;
  /** Display text of the key. */
  key: string;
  /** Epoch ms on Redis's clock at the moment of reading. */
  nowMs: number;
  /** Redis's clock minus the console's, ms. */
  clockOffsetMs: number;
  /** Life of the key as a whole, epoch ms of its end; null for none. A field's life is another thing. */
  keyExpiresAtMs: number | null;
  windows: WindowState[];
  otherFields: OtherField[];
  /** False when the hash has more fields than are read: then the list is "at least". */
  otherFieldsComplete: boolean;
  /** Newest first, at most ten: what was set for this person, and by whom. */
  changes: LimitChange[];
  /** False when the console's own state did not answer: then the limits shown are the built-in ones. */
  limitsKnown: boolean;
  /** The key's name and what others wrote are hidden from this operator. */
  masked?: true;
}

/** One window of one person among everybody's. Windows without a counter are left out. */
export interface PersonWindow {
  name: string;
  period: string;
  state: WindowVerdict;
  count: number | null;
  /** Its digits, where the count is past 2^53 and so only the nearest number; null otherwise. */
  valueText: string | null;
  blocked: boolean;
  limit: number;
  limitSource: "default" | "override";
  /** On Redis's clock; the earlier of the counter's own end and the whole key's. Null when nothing ends it. */
  resetAtMs: number | null;
}

/** What is wrong with the key as a whole: no hash of counters, or a life of its own that takes all of them with it. */
export interface KeyTrouble {
  kind: "wrong-type" | "key-life";
  /** As TYPE answers. */
  type: string;
  /** On Redis's clock; null when it has no life. */
  endsAtMs: number | null;
}

export interface LimitPerson {
  userRef: string;
  /** The id as shown, or a pseudonym. */
  label: string;
  windows: PersonWindow[];
  keyTrouble: KeyTrouble | null;
}

/** What holds for everybody in one window. */
export interface WindowSetting {
  name: string;
  field: string;
  seconds: number;
  /** In force now for whoever has no limit of their own. */
  limit: number;
  /** Without anybody's setting. */
  builtInLimit: number;
  setBy: SetLimit | null;
}

export interface EveryonesLimits {
  nowMs: number;
  /** Redis's clock minus the console's, ms. */
  clockOffsetMs: number;
  /** When the first limit of somebody's own ends, epoch ms: they may come onto a list then, or leave it. Null for never. */
  limitsEndMs: number | null;
  /** Everybody who is on one of the lists, each read at `nowMs`. */
  people: LimitPerson[];
  /** How many there were at `nowMs` among those whose counters were read; `people` holds at most fifty of each. */
  totals: { blocked: number; near: number; inTrouble: number; counted: number };
  windows: WindowSetting[];
  /** Of the limits for everybody, newest first. */
  changes: LimitChange[];
  /** False when more people's counters changed between two looks than are read in one: the next survey finds the rest. */
  complete: boolean;
  limitsKnown: boolean;
  /** Where those who were not seen changing come from. */
  status: SurveyStatus;
  /** Some of the people are shown by a pseudonym. */
  masked?: true;
}

export interface ResetResult {
  /** Was there a field to take away? */
  removed: boolean;
  /** What it had counted; null when it held no integer or was not there. */
  oldCount: number | null;
}

export interface RepairResult {
  /** `healthy`: it has a life that its window can have, and was not touched. `gone`: there is no such counter any more. */
  outcome: "repaired" | "healthy" | "gone";
  /** What it stands at; null when gone or no integer. */
  count: number | null;
  /** Its life after this; null when gone. */
  resetInMs: number | null;
}

export interface KeepKeyResult {
  /** `healthy`: the key had no life of its own. `gone`: there is no such key any more. */
  outcome: "repaired" | "healthy" | "gone";
}
