/** Limits for those who may not see personal data: counts and lives stay, words that somebody wrote do not. */
import { parseDisplayed } from "../../bytes";
import { MASK, type Masker, maskKeyName, maskName, maskText } from "../../masking";
import { openRef } from "../../refs";
import type { LimitOverride, SetLimit } from "../rate-limit-settings";
import type { OtherField, RateLimits, WindowState } from "./schema";

export function maskRateLimits(limits: RateLimits, masker: Masker, { ref }: { ref: string }): RateLimits {
  return {
    state: limits.state,
    type: limits.type,
    key: maskKeyName(parseDisplayed(limits.key), masker),
    nowMs: limits.nowMs,
    clockOffsetMs: limits.clockOffsetMs,
    keyExpiresAtMs: limits.keyExpiresAtMs,
    windows: limits.windows.map(maskWindow),
    otherFields: limits.otherFields.map((field) => maskOther(field, ref)),
    otherFieldsComplete: limits.otherFieldsComplete,
    limitsKnown: limits.limitsKnown,
    masked: true,
  };
}

function maskWindow(window: WindowState): WindowState {
  return {
    name: window.name,
    field: window.field,
    seconds: window.seconds,
    period: window.period,
    state: window.state,
    count: window.count,
    valueText: window.valueText ? MASK : window.valueText,
    blocked: window.blocked,
    limit: window.limit,
    limitSource: window.limitSource,
    defaultLimit: window.defaultLimit,
    defaultSetBy: window.defaultSetBy && maskSetBy(window.defaultSetBy),
    override: window.override && maskOverride(window.override),
    resetInMs: window.resetInMs,
    resetAtMs: window.resetAtMs,
  };
}

function maskSetBy({ limit, setBy, setAtMs }: SetLimit): SetLimit {
  return { limit, setBy, setAtMs };
}

/** The reason is what an operator wrote about a person. */
export function maskOverride(override: LimitOverride): LimitOverride {
  return {
    limit: override.limit,
    untilMs: override.untilMs,
    reason: override.reason && maskText(override.reason),
    setBy: override.setBy,
    setAtMs: override.setAtMs,
  };
}

function maskOther(other: OtherField, ref: string): OtherField {
  return {
    field: maskName(other.field, openRef("user", ref)),
    valueText: other.valueBytes === 0 ? "" : MASK,
    valueBytes: other.valueBytes === 0 ? 0 : null,
    expiresAtMs: other.expiresAtMs,
  };
}
