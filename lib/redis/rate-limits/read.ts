/** Looking at the counters of one person. Changes nothing: no read lengthens a life. */
import { displayBytes } from "../../bytes";
import { rateLimitKey } from "../keys";
import { rateLimitWindows } from "../limiter/config";
import { type RawCounters, type RawField, readCounters } from "../limiter/counters";
import { builtInLimits, type EffectiveLimit, readLimits } from "../limiter/settings";
import { endingTogether, judgeWindow, type RateLimitWindow, withShortLife } from "../limiter/windows";
import type { Store } from "../store/store";
import { readLimitChanges } from "./limit-changes";
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
  const [raw, limits, changes] = await Promise.all([
    readCounters(store, userId),
    readLimits(consoleStore, [userId]).catch(() => null),
    readLimitChanges(consoleStore, userId).catch(() => []),
  ]);
  const windows = rateLimitWindows();
  const together = endingTogether(
    windows,
    raw.windows.map(({ value, pttlMs }) => (value === null || pttlMs < 0 ? null : pttlMs)),
  );
  const effective = limits?.[0] ?? builtInLimits();
  return {
    state: raw.type === "none" ? "none" : raw.type === "hash" ? "counters" : "wrong-type",
    type: raw.type,
    key: displayBytes(rateLimitKey(userId)),
    nowMs: raw.nowMs,
    clockOffsetMs: raw.clockOffsetMs,
    keyExpiresAtMs: raw.keyPttlMs < 0 ? null : raw.nowMs + raw.keyPttlMs,
    windows: windows.map((window, at) => {
      const shorter = together[at] ?? null;
      const endsWith = shorter === null ? null : windows[shorter]!.name;
      return windowState(window, raw.windows[at]!, effective[at]!, endsWith, raw);
    }),
    otherFields: raw.others.map((other) => otherField(other, raw)),
    otherFieldsComplete: raw.complete,
    changes,
    limitsKnown: limits !== null,
  };
}

function windowState(
  window: RateLimitWindow,
  field: RawField,
  effective: EffectiveLimit,
  endsWith: string | null,
  { nowMs }: RawCounters,
): WindowState {
  // Too long to be fetched is too long to be a number, and still there.
  const value = field.value ?? (field.valueBytes > 0 ? Buffer.from("too long") : null);
  const alone = judgeWindow(window, value, field.pttlMs, effective.limit);
  const judged = endsWith === null ? alone : withShortLife(alone);
  const isOdd = judged.state === "not-a-number" || judged.state === "too-large";
  return {
    name: window.name,
    field: window.field,
    seconds: window.seconds,
    period: window.period,
    ...judged,
    endsWith,
    valueText: isOdd ? valueText(field) : null,
    valueBytes: isOdd ? field.valueBytes : null,
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
