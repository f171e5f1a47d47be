/** Limits for tests of words, from counters given as [value, HPTTL] in the order of the windows. */
import { BUILT_IN_WINDOWS, endingTogether, judgeWindow, withShortLife } from "@/lib/redis/limiter/windows";
import type { RateLimits, WindowState } from "@/lib/redis/rate-limits/schema";

export const NOW = 1_717_935_000_000;

export type GivenCounter = [value: string, pttlMs: number] | null;

export function limitsOf(...fields: GivenCounter[]): RateLimits {
  const together = endingTogether(
    BUILT_IN_WINDOWS,
    BUILT_IN_WINDOWS.map((_, at) => fields[at]?.[1] ?? null).map((life) => (life === -1 ? null : life)),
  );
  return {
    state: fields.some(Boolean) ? "counters" : "none",
    type: "hash",
    key: "user:alice:rate_limit",
    nowMs: NOW,
    clockOffsetMs: 0,
    keyExpiresAtMs: null,
    windows: BUILT_IN_WINDOWS.map((window, at): WindowState => {
      const [value, pttlMs] = fields[at] ?? [null, -2];
      const raw = value === null ? null : new TextEncoder().encode(value);
      const alone = judgeWindow(window, raw, pttlMs, window.defaultLimit);
      const shorter = together[at] ?? null;
      const judged = shorter === null ? alone : withShortLife(alone);
      return {
        ...window,
        ...judged,
        endsWith: shorter === null ? null : BUILT_IN_WINDOWS[shorter]!.name,
        valueText: judged.state === "too-large" ? value : null,
        valueBytes: judged.state === "too-large" ? (value?.length ?? 0) : null,
        limit: window.defaultLimit,
        limitSource: "default",
        defaultSetBy: null,
        override: null,
        resetAtMs: judged.resetInMs === null ? null : NOW + judged.resetInMs,
      };
    }),
    otherFields: [],
    otherFieldsComplete: true,
    changes: [],
    limitsKnown: true,
  };
}
