/** Inputs and answers of the rate-limits feature. Safe for the browser; client components import its types only. */
import { z } from "zod";
import type { LimitOverride, SetLimit } from "../rate-limit-settings";
import { RATE_LIMIT_WINDOWS, type RateLimitWindowName, type WindowVerdict } from "../rate-limit-windows";

const ref = z.string().min(1, "must not be empty").max(100_000, "is too long for a reference");
const window = z.enum(
  RATE_LIMIT_WINDOWS.map((known) => known.name) as [RateLimitWindowName, ...RateLimitWindowName[]],
  { error: `must be one of ${RATE_LIMIT_WINDOWS.map((known) => known.name).join(", ")}` },
);

export const MAX_LIMIT = 1_000_000_000;
const limitRule = "must be a whole number from 1 to 1,000,000,000";
const limit = z.number({ error: limitRule }).int(limitRule).min(1, limitRule).max(MAX_LIMIT, limitRule);

/** Longest time-boxed override: ten years. Beyond, it has no end in fact. */
const MAX_OVERRIDE_MS = 10 * 366 * 86_400_000;
const untilRule = "must be a time in the future, at most ten years away";
const untilMs = z
  .number({ error: untilRule })
  .int(untilRule)
  .refine((ms) => ms > Date.now() && ms <= Date.now() + MAX_OVERRIDE_MS, untilRule);

export const userInput = z.object({ ref });
export const windowInput = z.object({ ref, window });
export const setDefaultInput = z.object({ window, limit });
export const clearDefaultInput = z.object({ window });
export const setOverrideInput = z.object({
  ref,
  window,
  limit,
  /** Epoch ms; absent for no end. */
  untilMs: untilMs.optional(),
  reason: z.string().trim().max(200, "must have at most 200 characters").optional(),
});

export type WindowInput = z.input<typeof windowInput>;
export type SetDefaultInput = z.input<typeof setDefaultInput>;
export type SetOverrideInput = z.input<typeof setOverrideInput>;

/** One window of one request that was counted. */
export interface HitWindow {
  name: string;
  field: string;
  /** Requests in this window, this one included. */
  count: number;
  limit: number;
  limitSource: "default" | "override";
  /** count ≤ limit */
  allowed: boolean;
  /** Until the window ends and the count starts again. */
  resetInMs: number;
}

export interface HitResult {
  /** Allowed by every window. */
  allowed: boolean;
  windows: HitWindow[];
}

/** One window of a person, as it stands. */
export interface WindowState {
  name: RateLimitWindowName;
  field: string;
  /** Length of the window. */
  seconds: number;
  /** "this minute" */
  period: string;
  state: WindowVerdict;
  /** Requests counted; null when there is no field or it holds no integer. */
  count: number | null;
  /** What the field holds where that is no integer, cut; null otherwise. */
  valueText: string | null;
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
  /** False when the console's own state did not answer: then the limits shown are the built-in ones. */
  limitsKnown: boolean;
  /** The key's name and what others wrote are hidden from this operator. */
  masked?: true;
}

export interface ResetResult {
  /** Was there a field to take away? */
  removed: boolean;
  /** What it had counted; null when it held no integer or was not there. */
  oldCount: number | null;
}

export interface RepairResult {
  /** `healthy`: it has a life and was not touched. `gone`: there is no such counter any more. */
  outcome: "repaired" | "healthy" | "gone";
  /** What it stands at; null when gone or no integer. */
  count: number | null;
  /** Its life after this; null when gone. */
  resetInMs: number | null;
}
