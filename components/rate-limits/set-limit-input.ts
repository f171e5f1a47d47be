/** What a person types into the limit form, checked before it is sent. The server checks again. */
import { ConsoleError } from "@/components/query/console-error";
import { formatDateTime } from "@/lib/format";
import { MAX_LIMIT, MAX_OVERRIDE_MS } from "@/lib/redis/limiter/limit-bounds";
import type { WindowState } from "@/lib/redis/rate-limits/schema";

const END_CHOICES = [
  { value: "never", label: "Until it is changed" },
  { value: "3600", label: "1 hour" },
  { value: "86400", label: "24 hours" },
  { value: "604800", label: "7 days" },
  { value: "2592000", label: "30 days" },
  { value: "date", label: "Until a date…" },
] as const;
/** `kept`: the end that the limit in force has. */
export type EndChoice = (typeof END_CHOICES)[number]["value"] | "kept";

/** @param keptUntilMs end of the limit in force, epoch ms; null for none */
export function endChoices(keptUntilMs: number | null): readonly { value: EndChoice; label: string }[] {
  if (keptUntilMs === null) return END_CHOICES;
  const kept = { value: "kept", label: `As now, until ${formatDateTime(keptUntilMs, "utc")}` } as const;
  return [kept, ...END_CHOICES];
}

export interface LimitDraft {
  /** For this person. */
  own: string;
  everyones: string;
  end: EndChoice;
  reason: string;
}

/**
 * The form as it opens: with what holds now, so that who changes one thing changes only that.
 * @param masked then the reason is not the one that was written, and another one has to be given
 */
export function draftOf({ limit, defaultLimit, override }: WindowState, masked: boolean): LimitDraft {
  return {
    own: String(limit),
    everyones: String(defaultLimit),
    end: override && override.untilMs !== null ? "kept" : "never",
    reason: masked ? "" : (override?.reason ?? ""),
  };
}

/** @returns the rule that the text breaks, or null */
export function limitError(text: string): string | null {
  const number = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return number >= 1 && number <= MAX_LIMIT ? null : "A whole number from 1 to 1,000,000,000.";
}

/**
 * The end as epoch ms, undefined for none.
 * @param date what a datetime-local field holds
 * @param keptUntilMs end of the limit that was in force when the form was opened
 */
export function untilOf(
  choice: EndChoice,
  date: string,
  nowMs: number,
  keptUntilMs: number | null = null,
): { untilMs?: number | undefined; error?: string } {
  if (choice === "never") return {};
  if (choice === "kept") {
    if (keptUntilMs !== null && keptUntilMs > nowMs) return { untilMs: keptUntilMs };
    return { error: "That end has come: choose another one." };
  }
  if (choice !== "date") return { untilMs: Math.round(nowMs) + Number(choice) * 1000 };
  const untilMs = new Date(date).getTime();
  if (Number.isNaN(untilMs)) return { error: "Choose a day and a time." };
  if (untilMs <= nowMs) return { error: "A time in the future." };
  return untilMs <= nowMs + MAX_OVERRIDE_MS ? { untilMs } : { error: "At most ten years away." };
}

/**
 * Twice the limit, and at least one more limit's worth for somebody who is past it already.
 * @returns null when no limit is high enough to let them in
 */
export function raisedLimit({ limit, count }: { limit: number; count: number | null }): number | null {
  const raised = Math.min(MAX_LIMIT, Math.max(2 * limit, (count ?? 0) + limit));
  return raised > limit && raised > (count ?? 0) ? raised : null;
}

/** @returns why the reason will be refused, or null */
export function reasonError(reason: string): string | null {
  return reason.trim() === "" ? "Say why, for whoever looks at this person next." : null;
}

/** The rule that the server says a field breaks, as a form says it: beside the field, so without its name. Null for none. */
export function refusedBy(error: unknown, field: string): string | null {
  if (!(error instanceof ConsoleError) || error.field !== field) return null;
  const rule = error.message.startsWith(`${field}: `) ? error.message.slice(field.length + 2) : error.message;
  return `${rule.charAt(0).toUpperCase()}${rule.slice(1).replace(/\.$/, "")}.`;
}
