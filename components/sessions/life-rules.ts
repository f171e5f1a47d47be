/** What a person chooses as a session's life, checked before it is sent. The server checks again. */

/** Ten years: longer lives are typing mistakes. */
const MAX_SECONDS = 315_360_000;
/** An expiry as near as this would be over when it arrives. */
const SOONEST_MS = 1_000;

/** @returns the rule that the life breaks, or "". @param seconds NaN for what is no whole number */
export function secondsProblem(seconds: number): string {
  if (Number.isNaN(seconds)) return "Type a whole number.";
  return seconds > MAX_SECONDS ? "Ten years is the longest." : "";
}

/** @returns the rule that the end breaks, or "". @param atMs NaN for no time; by the server's clock, as `nowMs` */
export function timeProblem(atMs: number, nowMs: number): string {
  if (Number.isNaN(atMs)) return "Choose a day and a time.";
  if (atMs < nowMs + SOONEST_MS) return "Choose a time to come. To remove the session now, delete it.";
  return atMs > nowMs + MAX_SECONDS * 1_000 ? "Ten years from now is the latest." : "";
}
