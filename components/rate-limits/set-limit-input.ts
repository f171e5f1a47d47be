/** What a person types into the limit form, checked before it is sent. The server checks again. */

export const END_CHOICES = [
  { value: "never", label: "Until it is changed" },
  { value: "3600", label: "1 hour" },
  { value: "86400", label: "24 hours" },
  { value: "604800", label: "7 days" },
  { value: "2592000", label: "30 days" },
  { value: "date", label: "Until a date…" },
] as const;
export type EndChoice = (typeof END_CHOICES)[number]["value"];

/** @returns the rule that the text breaks, or null */
export function limitError(text: string): string | null {
  const number = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return number >= 1 && number <= 1_000_000_000 ? null : "A whole number from 1 to 1,000,000,000.";
}

/** The end as epoch ms, undefined for none. `date` is what a datetime-local field holds. */
export function untilOf(
  choice: EndChoice,
  date: string,
  nowMs: number,
): { untilMs?: number | undefined; error?: string } {
  if (choice === "never") return {};
  if (choice !== "date") return { untilMs: nowMs + Number(choice) * 1000 };
  const untilMs = new Date(date).getTime();
  if (Number.isNaN(untilMs)) return { error: "Choose a day and a time." };
  return untilMs > nowMs ? { untilMs } : { error: "A time in the future." };
}

const MAX_LIMIT = 1_000_000_000;

/** Twice the limit, and at least one more limit's worth for somebody who is past it already. */
export function raisedLimit({ limit, count }: { limit: number; count: number | null }): number {
  return Math.min(MAX_LIMIT, Math.max(2 * limit, (count ?? 0) + limit));
}

/** @returns why the reason will be refused, or null */
export function reasonError(reason: string): string | null {
  return reason.trim() === "" ? "Say why, for whoever looks at this person next." : null;
}
