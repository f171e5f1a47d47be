/** Times that assistants wrote: unix seconds by the tutorial, milliseconds in the field, anything at all in between. */

const CLOCK_SKEW_MS = 300_000;
/** Seconds beyond this are the year 5138: so it is milliseconds. */
const LARGEST_SECONDS = 1e11;

/** A stored timestamp as epoch ms, or null when it cannot be when something happened. */
export function activityMs(value: unknown, nowMs: number): number | null {
  const number =
    typeof value === "number"
      ? value
      : Buffer.isBuffer(value) && value.length > 0 && value.length < 32
        ? Number(value.toString("latin1"))
        : Number.NaN;
  if (!Number.isFinite(number) || number <= 0) return null;
  const ms = number > LARGEST_SECONDS ? number : number * 1_000;
  // Another machine's clock may be ahead by a little; what is yet to come is no activity.
  return ms <= nowMs + CLOCK_SKEW_MS ? Math.round(ms) : null;
}

/** When a message says it was written. */
export function messageMs(message: unknown, nowMs: number): number | null {
  if (!Buffer.isBuffer(message)) return null;
  try {
    const parsed: unknown = JSON.parse(message.toString("utf8"));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
    return activityMs((parsed as { timestamp?: unknown }).timestamp, nowMs);
  } catch {
    return null;
  }
}
