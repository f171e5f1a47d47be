/**
 * Whose data a session may see unmasked for a while: `console:sign-in:reveals:{digest}`, a hash with one field per
 * subject. Its value says when the reveal ends, as its life does (HSETEX, Redis 8.0), and the person's opaque
 * reference (lib/refs).
 */
import { consoleKeys } from "../console-keys";
import { toInt, toMap, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Reply } from "../store/wire";
import { type SessionLimits, sessionLimits } from "./session-record";
import { REVEAL_MS, type SessionRecord } from "./types";

export interface Reveal {
  /** The person's opaque reference. */
  ref: string;
  untilMs: number;
}

/**
 * Reveal a subject to a session, from now on; again before it has ended begins it anew.
 * @returns it, with its end: after REVEAL_MS, and with the session at the latest
 */
export async function addReveal(
  consoleStore: Store,
  session: SessionRecord,
  subject: string,
  ref: string,
  limits: SessionLimits = sessionLimits(),
): Promise<Reveal> {
  const nowMs = Date.now();
  const untilMs = Math.min(nowMs + REVEAL_MS, session.createdAtMs + limits.maxMs);
  const lifeMs = Math.max(1, untilMs - nowMs);
  const key = consoleKeys.reveals(session.digest);
  await consoleStore.command("HSETEX", key, "PX", lifeMs, "FIELDS", 1, subject, `${untilMs} ${ref}`);
  return { ref, untilMs };
}

/** @returns false when it was not revealed any more */
export async function endReveal(
  consoleStore: Store,
  session: SessionRecord,
  subject: string,
): Promise<boolean> {
  return toInt(await consoleStore.command("HDEL", consoleKeys.reveals(session.digest), subject)) === 1;
}

/** The reply of HGETALL, by subject. */
export function readRevealsReply(reply: Reply, nowMs = Date.now()): ReadonlyMap<string, Reveal> {
  const all = [...toMap(reply)].map(([subject, value]): [string, Reveal] => {
    const [untilMs, ref = ""] = toText(value).split(" ");
    return [subject, { ref, untilMs: Number(untilMs) }];
  });
  return new Map(all.filter(([, { untilMs }]) => untilMs > nowMs));
}
