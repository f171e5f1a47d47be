/**
 * Counting in windows of a fixed length: a field of a hash that begins with the first request, counts up, and ends by
 * itself. The assistant's limiter, sign-in attempts and the console's own doors count with it.
 */
import { toArray, toInt } from "../store/reply";
import type { Command, Reply } from "../store/wire";

/** How many commands, and so replies, one count has. */
export const COMMANDS_PER_COUNT = 3;

export interface WindowCount {
  /** This request included. */
  count: number;
  /** Time until it counts from 1 again. */
  resetInMs: number;
}

/**
 * The commands of one count; they belong between MULTI and EXEC. HEXPIRE … NX leaves the end of a running window
 * alone, and heals a counter that had lost its life.
 */
export function countCommands(key: string | Buffer, field: string, seconds: number): Command[] {
  return [
    ["HINCRBY", key, field, 1],
    ["HEXPIRE", key, seconds, "NX", "FIELDS", 1, field],
    ["HPTTL", key, "FIELDS", 1, field],
  ];
}

/**
 * The outcome of the count whose first reply stands at `at`. HPTTL answers -2 in a field's last millisecond, while the
 * counter still counts (measured on Redis 8.0.2): taken as 0.
 */
export function readCount(replies: readonly Reply[], at: number): WindowCount {
  const pttlMs = toInt(toArray(replies[at + 2])[0]);
  return { count: toInt(replies[at]), resetInMs: Math.max(0, pttlMs) };
}
