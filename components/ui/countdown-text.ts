import { formatDuration } from "@/lib/format";

/**
 * '0:42', '23 h 14 min'. The nearest second, as Redis's own TTL tells it, so that a tick that comes late is still less than
 * a second off; and 0:00 only when it is over.
 */
export function timeLeft(ms: number): string {
  const seconds = ms <= 0 ? 0 : Math.max(1, Math.ceil(ms / 1000 - 0.5));
  return formatDuration(seconds * 1000);
}
