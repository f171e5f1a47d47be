import { formatDuration } from "@/lib/format";

/** '0:42', '23 h 14 min'. Seconds are rounded up: 0:00 is said only when it is over. */
export function timeLeft(ms: number): string {
  return formatDuration(Math.ceil(Math.max(0, ms) / 1000) * 1000);
}
