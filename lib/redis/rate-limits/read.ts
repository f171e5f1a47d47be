/** Looking at the counters of one person. Changes nothing: no read lengthens a life. */
import { displayBytes } from "../../bytes";
import { rateLimitKey } from "../keys";
import { builtInLimits, type EffectiveLimit, readLimits } from "../rate-limit-settings";
import { judgeWindow, RATE_LIMIT_WINDOWS } from "../rate-limit-windows";
import type { Store } from "../store";
import { type RawCounters, type RawField, readCounters } from "./counters";
import type { OtherField, RateLimits, WindowState } from "./schema";

/** Longest text of a stored value in an answer. */
const MAX_TEXT = 200;

/**
 * The counters of a person, each judged against the limit in force, with the life of each field apart from the
 * life of the key (`TTL user:alice:rate_limit` answers -1 while every field is about to expire; measured).
 *
 * Times are of Redis's clock; `clockOffsetMs` turns them into the console's.
 *
 * @throws the store's errors. When only the console's own state is down, the built-in limits are used and
 *   `limitsKnown` is false.
 */
export async function readRateLimits(
  store: Store,
  consoleStore: Store,
  { userId }: { userId: Buffer },
): Promise<RateLimits> {
  const [raw, limits] = await Promise.all([
    readCounters(store, userId),
    readLimits(consoleStore, [userId]).catch(() => null),
  ]);
  const effective = limits?.[0] ?? builtInLimits();
  return {
    state: raw.type === "none" ? "none" : raw.type === "hash" ? "counters" : "wrong-type",
    type: raw.type,
    key: displayBytes(rateLimitKey(userId)),
    nowMs: raw.nowMs,
    clockOffsetMs: raw.clockOffsetMs,
    keyExpiresAtMs: raw.keyPttlMs < 0 ? null : raw.nowMs + raw.keyPttlMs,
    windows: RATE_LIMIT_WINDOWS.map((window, at) =>
      windowState(window, raw.windows[at]!, effective[at]!, raw),
    ),
    otherFields: raw.others.map((other) => otherField(other, raw)),
    otherFieldsComplete: raw.complete,
    limitsKnown: limits !== null,
  };
}

function windowState(
  window: (typeof RATE_LIMIT_WINDOWS)[number],
  field: RawField,
  effective: EffectiveLimit,
  { nowMs }: RawCounters,
): WindowState {
  // Too long to be fetched is too long to be a number, and still there.
  const value = field.value ?? (field.valueBytes > 0 ? Buffer.from("too long") : null);
  const judged = judgeWindow(window.field, value, field.pttlMs, effective.limit);
  return {
    name: window.name,
    field: window.field,
    seconds: window.seconds,
    period: window.period,
    ...judged,
    valueText: judged.state === "not-a-number" ? valueText(field) : null,
    limit: effective.limit,
    limitSource: effective.source,
    defaultLimit: effective.defaultLimit,
    defaultSetBy: effective.defaultSetBy,
    override: effective.override,
    resetAtMs: judged.resetInMs === null ? null : nowMs + judged.resetInMs,
  };
}

function otherField(field: RawField, { nowMs }: RawCounters): OtherField {
  return {
    field: displayBytes(field.field.subarray(0, MAX_TEXT)),
    valueText: valueText(field),
    valueBytes: field.valueBytes,
    expiresAtMs: field.pttlMs === -1 ? null : nowMs + Math.max(0, field.pttlMs),
  };
}

/** Empty for a value that was too long to fetch: its length says the rest. */
function valueText(field: RawField): string {
  return field.value ? displayBytes(field.value.subarray(0, MAX_TEXT)) : "";
}
