/** What counters mean, in words, at a moment. Pure: the page's clock calls it once a second. */
import { timeLeft } from "@/components/ui/countdown-text";
import { formatCount } from "@/lib/format";
import type { HitResult } from "@/lib/redis/limiter/hit";
import type { WindowVerdict } from "@/lib/redis/limiter/windows";
import type { RateLimits, WindowState } from "@/lib/redis/rate-limits/schema";

export { timeLeft };

/**
 * The window as it stands now: once its end has come there is no counter any more, whether or not anybody has
 * looked again.
 * @param redisNowMs epoch ms on Redis's clock
 */
export function windowAt(window: WindowState, redisNowMs: number): WindowState {
  if (window.resetAtMs === null || window.resetAtMs > redisNowMs) return window;
  return { ...window, state: "unused", count: null, valueText: null, blocked: false, resetAtMs: null };
}

/**
 * All windows as they stand now. A life on the key as a whole takes every counter with it when it ends, whatever life
 * the counter has of its own, so the earlier end counts.
 */
export function windowsAt({ windows, keyExpiresAtMs }: RateLimits, redisNowMs: number): WindowState[] {
  return windows.map((window) => {
    if (keyExpiresAtMs === null || window.state === "unused") return windowAt(window, redisNowMs);
    const resetAtMs = Math.min(window.resetAtMs ?? Number.POSITIVE_INFINITY, keyExpiresAtMs);
    return windowAt({ ...window, resetAtMs }, redisNowMs);
  });
}

/** What is counted down to, by the server's clock: for the page's clock to tick by. */
export function countedDown({ windows, keyExpiresAtMs, clockOffsetMs }: RateLimits): number[] {
  const ends = [...windows.map(({ resetAtMs }) => resetAtMs), keyExpiresAtMs];
  return ends.filter((end) => end !== null).map((end) => end - clockOffsetMs);
}

/** When the next of these ends, by Redis's clock: then what is shown is over. Null when nothing ends. */
export function nextEndMs({ windows, keyExpiresAtMs }: RateLimits): number | null {
  const ends = windows.flatMap(({ resetAtMs, override }) => [resetAtMs, override?.untilMs ?? null]);
  const known = [...ends, keyExpiresAtMs].filter((end) => end !== null);
  return known.length === 0 ? null : Math.min(...known);
}

export const VERDICT_WORDS: Record<WindowVerdict, string> = {
  unused: "Unused",
  ok: "Allowed",
  near: "Near the limit",
  blocked: "Blocked",
  stuck: "Stuck",
  "wrong-life": "Wrong life",
  "short-life": "Short life",
  negative: "Below zero",
  "too-large": "Too large",
  "not-a-number": "Not a number",
};

/** "61"; digits past 2^53 as they are stored, because numbers here would round them. */
export function countText({ count, state, valueText }: Counted): string {
  return state === "too-large" && valueText ? valueText : formatCount(count ?? 0);
}

type Counted = Pick<WindowState, "count" | "state" | "valueText">;

/** "61 of 60 requests this minute" */
function requests(window: WindowState): string {
  return `${countText(window)} of ${formatCount(window.limit)} requests ${window.period}`;
}

/** Somebody counted down, or wrote the number. */
export function isBelowZero({ count }: Pick<WindowState, "count">): boolean {
  return count !== null && count < 0;
}

function left(window: WindowState): string {
  // Digits past 2^53 cannot be taken from a limit here without rounding.
  if (window.state === "too-large") return "More left than anybody asks for";
  return `${formatCount(Math.max(0, window.limit - (window.count ?? 0)))} left`;
}

/** What happens next to this window, for its card. */
export function nextInWords(window: WindowState, redisNowMs: number): string {
  const time = window.resetAtMs === null ? null : timeLeft(window.resetAtMs - redisNowMs);
  switch (window.state) {
    case "unused":
      return `The next request begins a window of one ${window.name}.`;
    case "ok":
    case "near":
      return `${left(window)}; counts again from 0 in ${time}.`;
    case "blocked":
      return `Allowed again in ${time}.`;
    case "stuck":
      if (time !== null)
        return `Ends with its key in ${time}${window.blocked ? "; refused until then" : ""}.`;
      return window.blocked
        ? "Every request is refused, and waiting does not help."
        : `${left(window)}${moreThanLimit(window)}, then every request is refused: it never starts again from 0.`;
    case "wrong-life":
    case "short-life":
      return window.blocked
        ? `Refused for another ${time}.`
        : `${left(window)}${moreThanLimit(window)} for ${time}.`;
    case "too-large":
      if (!window.blocked)
        return `${left(window)}${time === null ? "" : `; counts again from 0 in ${time}`}.`;
      return time === null
        ? "Every request is refused, and waiting does not help."
        : `Refused for another ${time}.`;
    case "negative":
      return `${left(window)}, more than the limit${time === null ? "" : `; counts again from 0 in ${time}`}.`;
    case "not-a-number":
      return "Nothing can be counted on it: HINCRBY answers with an error.";
  }
}

function moreThanLimit(window: WindowState): string {
  return isBelowZero(window) ? ", more than the limit," : "";
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
  const windows = windowsAt(limits, redisNowMs);
  return blockedSentence(windows, redisNowMs) ?? troubleSentence(windows) ?? fineSentence(windows);
}

function blockedSentence(windows: WindowState[], redisNowMs: number): LimitSentenceText | null {
  const blocking = windows.filter((window) => window.blocked);
  const forever = blocking.find((window) => window.resetAtMs === null);
  if (forever) {
    return {
      tone: "stuck",
      text: `Blocked until repaired: ${requests(forever)}, and that counter has no end`,
    };
  }
  const last = blocking.sort((a, b) => b.resetAtMs! - a.resetAtMs!)[0];
  if (!last) return null;
  const whose = last.limitSource === "override" ? ", a limit set for this person" : "";
  const time = timeLeft(last.resetAtMs! - redisNowMs);
  return { tone: "blocked", text: `Blocked: ${requests(last)}${whose}; allowed again in ${time}` };
}

function troubleSentence(windows: WindowState[]): LimitSentenceText | null {
  const inState = (state: WindowVerdict) => windows.find((window) => window.state === state);
  const broken = inState("not-a-number");
  if (broken) return { tone: "broken", text: `The ${broken.name} counter holds no number: counting fails` };
  const stuck = inState("stuck");
  if (stuck && stuck.resetAtMs === null) {
    const below = isBelowZero(stuck) ? "stands below zero and " : "";
    return {
      tone: "stuck",
      text: `Not blocked yet: ${requests(stuck)}, and that counter ${below}has no end`,
    };
  }
  const long = inState("wrong-life");
  if (long) {
    const below = isBelowZero(long) ? "stands below zero and " : "";
    return {
      tone: "broken",
      text: `Not blocked: ${requests(long)}, but that counter ${below}lives too long`,
    };
  }
  const short = inState("short-life");
  if (short) {
    const text = `Not blocked: ${requests(short)}, but that counter ends with the ${short.endsWith}'s`;
    return { tone: "broken", text };
  }
  // What is further than 2^53 above zero blocks, and was told of before this.
  const negative = inState("negative") ?? inState("too-large");
  if (!negative) return null;
  return { tone: "broken", text: `Not blocked: ${requests(negative)}, and that counter stands below zero` };
}

function fineSentence(windows: WindowState[]): LimitSentenceText {
  const fullest = windows
    .filter((window) => window.count !== null)
    .sort((a, b) => (b.count ?? 0) / b.limit - (a.count ?? 0) / a.limit)[0];
  if (!fullest) {
    const longest = windows.at(-1)?.name ?? "window";
    return { tone: "none", text: `Not blocked: no requests counted in the last ${longest}` };
  }
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
