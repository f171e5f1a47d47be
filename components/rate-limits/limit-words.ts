/** What counters mean, in words, at a moment. Pure: the page's clock calls it once a second. */
import { formatCount, formatDuration } from "@/lib/format";
import type { WindowVerdict } from "@/lib/redis/rate-limit-windows";
import type { HitResult, RateLimits, WindowState } from "@/lib/redis/rate-limits/schema";

/** Seconds are rounded up, as in a countdown: 0:00 is said only when it is over. */
export function timeLeft(ms: number): string {
  return formatDuration(Math.ceil(Math.max(0, ms) / 1000) * 1000);
}

/**
 * The window as it stands now: once its end has come there is no counter any more, whether or not anybody has
 * looked again.
 * @param redisNowMs epoch ms on Redis's clock
 */
export function windowAt(window: WindowState, redisNowMs: number): WindowState {
  if (window.resetAtMs === null || window.resetAtMs > redisNowMs) return window;
  return { ...window, state: "unused", count: null, valueText: null, blocked: false, resetAtMs: null };
}

export const VERDICT_WORDS: Record<WindowVerdict, string> = {
  unused: "Unused",
  ok: "Allowed",
  near: "Near the limit",
  blocked: "Blocked",
  stuck: "Stuck",
  "wrong-life": "Wrong life",
  "not-a-number": "Not a number",
};

function countOfLimit({ count, limit }: WindowState): string {
  return `${formatCount(count ?? 0)} of ${formatCount(limit)}`;
}

/** "61 of 60 requests this minute" */
function requests(window: WindowState): string {
  return `${countOfLimit(window)} requests ${window.period}`;
}

function left(window: WindowState): string {
  return `${formatCount(Math.max(0, window.limit - (window.count ?? 0)))} left`;
}

/** What happens next to this window, for its card. */
export function nextInWords(window: WindowState, redisNowMs: number): string {
  const time = window.resetAtMs === null ? "" : timeLeft(window.resetAtMs - redisNowMs);
  switch (window.state) {
    case "unused":
      return `The next request begins a window of one ${window.name}.`;
    case "ok":
    case "near":
      return `${left(window)}; counts again from 0 in ${time}.`;
    case "blocked":
      return `Allowed again in ${time}.`;
    case "stuck":
      return window.blocked
        ? "Every request is refused, and waiting does not help."
        : `${left(window)}, then every request is refused: it never starts again from 0.`;
    case "wrong-life":
      return window.blocked ? `Refused for another ${time}.` : `${left(window)} for ${time}.`;
    case "not-a-number":
      return "Nothing can be counted on it: HINCRBY answers with an error.";
  }
}

export type LimitTone = "blocked" | "stuck" | "broken" | "near" | "fine" | "none";

export interface LimitSentenceText {
  tone: LimitTone;
  text: string;
}

/** Why a person is or is not blocked, in one sentence. */
export function limitSentence(limits: RateLimits, redisNowMs: number): LimitSentenceText {
  if (limits.state === "wrong-type") {
    return { tone: "broken", text: `The counters cannot be read: their key holds a ${limits.type}, no hash` };
  }
  const windows = limits.windows.map((window) => windowAt(window, redisNowMs));
  const inState = (state: WindowVerdict) => windows.find((window) => window.state === state);
  const stuck = inState("stuck");
  if (stuck?.blocked) {
    return { tone: "stuck", text: `Blocked until repaired: ${requests(stuck)}, and that counter has no end` };
  }
  const last = windows
    .filter((window) => window.blocked)
    .sort((a, b) => (b.resetAtMs ?? 0) - (a.resetAtMs ?? 0))[0];
  if (last) {
    const time = timeLeft((last.resetAtMs ?? redisNowMs) - redisNowMs);
    return { tone: "blocked", text: `Blocked: ${requests(last)}; allowed again in ${time}` };
  }
  const broken = inState("not-a-number");
  if (broken) return { tone: "broken", text: `The ${broken.name} counter holds no number: counting fails` };
  if (stuck)
    return { tone: "stuck", text: `Not blocked yet: ${requests(stuck)}, and that counter has no end` };
  const wrong = inState("wrong-life");
  if (wrong) {
    return { tone: "broken", text: `Not blocked: ${requests(wrong)}, but that counter lives too long` };
  }
  const fullest = windows
    .filter((window) => window.count !== null)
    .sort((a, b) => (b.count ?? 0) / b.limit - (a.count ?? 0) / a.limit)[0];
  if (!fullest) return { tone: "none", text: "Not blocked: no requests counted in the last day" };
  const near = fullest.state === "near";
  return {
    tone: near ? "near" : "fine",
    text: `Not blocked: ${requests(fullest)}${near ? `; ${left(fullest)}` : ""}`,
  };
}

/** The answer to one request that was counted by hand. */
export function hitInWords(hit: HitResult): string {
  const refusing = hit.windows.filter((window) => !window.allowed);
  const shown = refusing.sort((a, b) => b.resetInMs - a.resetInMs)[0] ?? hit.windows[0];
  if (!shown) return "Counted";
  const count = `${formatCount(shown.count)} of ${formatCount(shown.limit)} in the ${shown.name}'s window`;
  return hit.allowed
    ? `Counted and allowed: ${count}`
    : `Counted and refused: ${count}; allowed again in ${timeLeft(shown.resetInMs)}`;
}
