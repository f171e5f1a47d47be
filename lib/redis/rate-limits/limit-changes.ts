/**
 * Who changed which limit, and when: the last changes about one person, and those of the defaults.
 *
 *   console:rate-limits:changes:{subject}   list of JSON, newest first, at most twenty, kept for 90 days
 *
 * `subject` is a keyed hash of the person's id, or `everyone`. The audit log has all of it for good; this is what a page
 * shows beside a limit.
 */
import { subjectOf } from "../../subjects";
import { consoleKeys } from "../console-keys";
import { toBuffers } from "../store/reply";
import type { Store } from "../store/store";
import type { LimitChange } from "./schema";

const KEEP = 20;
const KEEP_SECONDS = 90 * 86_400;

/** @param userId null for a default */
export const changesKey = (userId: Buffer | null) =>
  consoleKeys.rateLimitChanges(userId === null ? "everyone" : subjectOf(userId));

/** Lua that keeps one line more, for the script of the change itself: KEYS[2] is {@link changesKey}, `line` a local. */
export const KEEP_LINE = `
redis.call('LPUSH', KEYS[2], line)
redis.call('LTRIM', KEYS[2], 0, ${KEEP - 1})
redis.call('EXPIRE', KEYS[2], ${KEEP_SECONDS})`;

/** Newest first. @param userId null for the defaults */
export async function readLimitChanges(
  consoleStore: Store,
  userId: Buffer | null,
  limit = 10,
): Promise<LimitChange[]> {
  const entries = toBuffers(await consoleStore.command("LRANGE", changesKey(userId), 0, limit - 1));
  return entries.flatMap(parseChange);
}

/** An entry this console did not write counts as none. */
function parseChange(raw: Buffer): LimitChange[] {
  try {
    const { atMs, by, byId, window, limit, untilMs, reason } = JSON.parse(raw.toString("utf8"));
    if (typeof atMs !== "number" || typeof by !== "string" || typeof window !== "string") return [];
    const numberOrNull = (value: unknown) => (typeof value === "number" ? value : null);
    const textOrNull = (value: unknown) => (typeof value === "string" ? value : null);
    const numbers = { limit: numberOrNull(limit), untilMs: numberOrNull(untilMs) };
    return [{ atMs, by, byId: textOrNull(byId), window, ...numbers, reason: textOrNull(reason) }];
  } catch {
    return [];
  }
}
