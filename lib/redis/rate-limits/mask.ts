/** Limits for those who may not see personal data: counts and lives stay, words that somebody wrote do not. */
import { parseDisplayed } from "../../bytes";
import { MASK, type Masker, maskKeyName, maskName, maskText } from "../../masking";
import { openRef } from "../../refs";
import type { LimitOverride, SetLimit } from "../limiter/settings";
import type {
  EveryonesLimits,
  LimitChange,
  LimitPerson,
  OtherField,
  RateLimits,
  WindowState,
} from "./schema";

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
    changes: limits.changes.map(maskChange),
    limitsKnown: limits.limitsKnown,
    masked: true,
  };
}

export function maskEveryonesLimits(limits: EveryonesLimits, masker: Masker): EveryonesLimits {
  return {
    nowMs: limits.nowMs,
    clockOffsetMs: limits.clockOffsetMs,
    limitsEndMs: limits.limitsEndMs,
    people: limits.people.map((person) => maskPerson(person, masker)),
    totals: limits.totals,
    windows: limits.windows,
    changes: limits.changes.map(maskChange),
    complete: limits.complete,
    limitsKnown: limits.limitsKnown,
    status: limits.status,
    ...(limits.people.some(({ userRef }) => masker.hides(userRef)) ? { masked: true } : {}),
  };
}

/** Counts and ends are nobody's name; digits that no counter has may be anything. */
function maskPerson({ userRef, windows, keyTrouble }: LimitPerson, masker: Masker): LimitPerson {
  const hidden = masker.hides(userRef);
  return {
    userRef,
    label: masker.label(userRef),
    windows: windows.map(({ valueText, ...window }) => ({
      ...window,
      valueText: valueText && hidden ? MASK : valueText,
    })),
    keyTrouble,
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
    endsWith: window.endsWith,
    valueText: window.valueText ? MASK : window.valueText,
    valueBytes: window.valueBytes === 0 ? 0 : null,
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

function maskSetBy({ limit, setBy, setById, setAtMs }: SetLimit): SetLimit {
  return { limit, setBy, setById, setAtMs };
}

/** The reason is what an operator wrote about a person. */
export function maskOverride(override: LimitOverride): LimitOverride {
  return {
    limit: override.limit,
    untilMs: override.untilMs,
    reason: override.reason && maskText(override.reason),
    setBy: override.setBy,
    setById: override.setById,
    setAtMs: override.setAtMs,
  };
}

export function maskChange(change: LimitChange): LimitChange {
  return {
    atMs: change.atMs,
    by: change.by,
    byId: change.byId,
    window: change.window,
    limit: change.limit,
    untilMs: change.untilMs,
    reason: change.reason && maskText(change.reason),
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
