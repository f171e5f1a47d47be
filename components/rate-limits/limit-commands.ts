/** The Redis commands behind a person's limits, as redis-cli takes them. */
import type { RateLimits } from "@/lib/redis/rate-limits/schema";

/** A display text (backslash escapes) as an argument of redis-cli. */
function quoted(key: string): string {
  return /^[\w:{}.@-]+$/.test(key) ? key : `"${key.replaceAll('"', '\\"')}"`;
}

type Counters = Pick<RateLimits, "key" | "windows">;

/** The simple way to begin the counters, one call per window so that each field gets its own life. */
export function beginCommands({ key, windows }: Counters): string {
  return windows
    .map(({ seconds, field }) => `HSETEX ${quoted(key)} EX ${seconds} FIELDS 1 ${field} 1`)
    .join("\n");
}

/** One request, counted exactly. */
export function hitCommandText({ key, windows }: Counters): string {
  const perWindow = windows.flatMap(({ seconds, field }) => [
    `HINCRBY ${quoted(key)} ${field} 1`,
    `HEXPIRE ${quoted(key)} ${seconds} NX FIELDS 1 ${field}`,
    `HPTTL ${quoted(key)} FIELDS 1 ${field}`,
  ]);
  return ["MULTI", ...perWindow, "EXEC"].join("\n");
}

/** What this page asks. */
export function readCommandText({ key, windows }: Counters): string {
  const fields = windows.map((window) => window.field).join(" ");
  return [
    `HMGET ${quoted(key)} ${fields}`,
    `HPTTL ${quoted(key)} FIELDS ${windows.length} ${fields}`,
    `PTTL ${quoted(key)}`,
    "TIME",
  ].join("\n");
}
