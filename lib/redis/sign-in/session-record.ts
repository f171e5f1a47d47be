/** A session as Redis keeps it: `console:sign-in:session:{digest of the token}`, a hash whose life is the idle limit. */
import { env } from "../../env";
import { toMap, toText } from "../store/reply";
import type { Reply } from "../store/wire";
import type { SessionRecord } from "./types";

export interface SessionLimits {
  /** Ends when nothing was asked for so long. */
  idleMs: number;
  /** Ends whatever was asked. */
  maxMs: number;
}

export function sessionLimits(): SessionLimits {
  const { SESSION_IDLE_MINUTES, SESSION_MAX_HOURS } = env();
  return { idleMs: SESSION_IDLE_MINUTES * 60_000, maxMs: SESSION_MAX_HOURS * 3_600_000 };
}

/** How long the session may stay in Redis from now on: the idle limit, and never past the absolute one. */
export function remainingMs(session: SessionRecord, limits: SessionLimits, nowMs = Date.now()): number {
  return Math.min(limits.idleMs, session.createdAtMs + limits.maxMs - nowMs);
}

/** Flat, as HSET takes it. */
export function sessionFields(session: SessionRecord): string[] {
  const { digest: _, masked, ...rest } = session;
  return Object.entries({ ...rest, masked: masked ? "1" : "0" }).flatMap(([field, value]) => [
    field,
    String(value),
  ]);
}

/** The reply of HGETALL. @returns null when it has ended, or what is stored is no session */
export function readSessionReply(
  digest: string,
  reply: Reply,
  limits: SessionLimits,
  nowMs = Date.now(),
): SessionRecord | null {
  const fields = new Map([...toMap(reply)].map(([field, value]) => [field, toText(value)]));
  const via = fields.get("via");
  if (via !== "password" && via !== "oidc" && via !== "demo") return null;
  const session: SessionRecord = {
    digest,
    operatorId: fields.get("operatorId") ?? "",
    createdAtMs: Number(fields.get("createdAtMs")),
    lastSeenAtMs: Number(fields.get("lastSeenAtMs")),
    authenticatedAtMs: Number(fields.get("authenticatedAtMs")),
    via,
    agent: fields.get("agent") ?? "",
    // Anything but a plain "no" is taken for "yes".
    masked: fields.get("masked") !== "0",
  };
  return remainingMs(session, limits, nowMs) > 0 ? session : null;
}
