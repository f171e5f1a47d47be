/** The Redis commands behind a person's limits, as redis-cli takes them. */
import { RATE_LIMIT_WINDOWS } from "@/lib/redis/rate-limit-windows";

/** A display text (backslash escapes) as an argument of redis-cli. */
function quoted(key: string): string {
  return /^[\w:{}.@-]+$/.test(key) ? key : `"${key.replaceAll('"', '\\"')}"`;
}

const FIELDS = RATE_LIMIT_WINDOWS.map((window) => window.field).join(" ");

/** The simple way to begin the counters, one call per window so that each field gets its own life. */
export function beginCommands(key: string): string {
  return RATE_LIMIT_WINDOWS.map(
    ({ seconds, field }) => `HSETEX ${quoted(key)} EX ${seconds} FIELDS 1 ${field} 1`,
  ).join("\n");
}

/** One request, counted exactly. */
export function hitCommandText(key: string): string {
  const perWindow = RATE_LIMIT_WINDOWS.flatMap(({ seconds, field }) => [
    `HINCRBY ${quoted(key)} ${field} 1`,
    `HEXPIRE ${quoted(key)} ${seconds} NX FIELDS 1 ${field}`,
    `HPTTL ${quoted(key)} FIELDS 1 ${field}`,
  ]);
  return ["MULTI", ...perWindow, "EXEC"].join("\n");
}

/** What this page asks. */
export function readCommandText(key: string): string {
  return [
    `HMGET ${quoted(key)} ${FIELDS}`,
    `HPTTL ${quoted(key)} FIELDS ${RATE_LIMIT_WINDOWS.length} ${FIELDS}`,
    `PTTL ${quoted(key)}`,
  ].join("\n");
}
