/**
 * Who is signed in, in the console's own state:
 *
 *   console:sign-in:session:{digest}   hash  one session, with the idle limit as its life
 *   console:sign-in:sessions-of:{id}   set   the digests of an operator's sessions; may name some that have ended
 *   console:sign-in:reveals:{digest}   hash  {@link ./reveals}
 */
import { consoleKeys } from "../console-keys";
import { isError, toBuffers, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { randomToken, tokenDigest } from "./digests";
import {
  readSessionReply,
  remainingMs,
  type SessionLimits,
  sessionFields,
  sessionLimits,
} from "./session-record";
import type { SessionRecord, SignInVia } from "./types";

export interface NewSession {
  /** For the cookie. Redis never sees it. */
  token: string;
  session: SessionRecord;
}

const AGENT_MAX = 120;

/**
 * @param input.previousToken the cookie that the browser came with. Its session ends: a token that somebody planted
 *   there before the sign-in must be worth nothing after it.
 */
export async function createSession(
  consoleStore: Store,
  input: {
    operatorId: string;
    via: SignInVia;
    agent: string;
    previousToken?: string | null;
    /** Default now; an identity provider may have known the operator for hours, and asked nothing. */
    authenticatedAtMs?: number;
  },
  limits: SessionLimits = sessionLimits(),
): Promise<NewSession> {
  const token = randomToken();
  const nowMs = Date.now();
  const session: SessionRecord = {
    digest: tokenDigest(token),
    operatorId: input.operatorId,
    createdAtMs: nowMs,
    lastSeenAtMs: nowMs,
    authenticatedAtMs: input.authenticatedAtMs ?? nowMs,
    via: input.via,
    agent: input.agent.replace(/\p{C}/gu, "").slice(0, AGENT_MAX),
    masked: false,
  };
  const key = consoleKeys.operatorSession(session.digest);
  const all = consoleKeys.operatorSessions(input.operatorId);
  const previous = input.previousToken ? endCommands(tokenDigest(input.previousToken)) : [];
  await consoleStore.transaction([
    ...previous,
    ["HSET", key, ...sessionFields(session)],
    ["PEXPIRE", key, remainingMs(session, limits, nowMs)],
    ["SADD", all, session.digest],
    ["PEXPIRE", all, limits.maxMs],
  ]);
  return { token, session };
}

function endCommands(digest: string): Command[] {
  return [["DEL", consoleKeys.operatorSession(digest), consoleKeys.reveals(digest)]];
}

/**
 * KEYS old session, new session, old reveals, new reveals, set of all · ARGV old digest, new digest, now, life, longest
 * life. → 0 when the old one has ended meanwhile: what was revoked must not come back.
 */
const ROTATE = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('RENAME', KEYS[1], KEYS[2])
redis.call('HSET', KEYS[2], 'createdAtMs', ARGV[3], 'lastSeenAtMs', ARGV[3], 'authenticatedAtMs', ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
if redis.call('EXISTS', KEYS[3]) == 1 then redis.call('RENAME', KEYS[3], KEYS[4]) end
redis.call('SREM', KEYS[5], ARGV[1])
redis.call('SADD', KEYS[5], ARGV[2])
redis.call('PEXPIRE', KEYS[5], ARGV[5])
return 1`;

/**
 * The operator has proved again who it is: a new session with a new token takes the old one's place, in one step. The
 * masked screen and what is revealed move over, and both limits begin anew.
 * @returns null when the session has ended meanwhile
 */
export async function refreshAuthentication(
  consoleStore: Store,
  session: SessionRecord,
  limits: SessionLimits = sessionLimits(),
): Promise<NewSession | null> {
  const token = randomToken();
  const digest = tokenDigest(token);
  const nowMs = Date.now();
  const next = { ...session, digest, createdAtMs: nowMs, lastSeenAtMs: nowMs, authenticatedAtMs: nowMs };
  const { operatorSession, reveals, operatorSessions } = consoleKeys;
  const keys = [
    ...[session.digest, digest].map(operatorSession),
    ...[session.digest, digest].map(reveals),
    operatorSessions(session.operatorId),
  ];
  const words = [session.digest, digest, nowMs, remainingMs(next, limits, nowMs), limits.maxMs];
  const done = await consoleStore.command("EVAL", ROTATE, keys.length, ...keys, ...words);
  return toInt(done) === 1 ? { token, session: next } : null;
}

/** The one seen last comes first. Those that have ended are forgotten. */
export async function listSessions(
  consoleStore: Store,
  operatorId: string,
  limits: SessionLimits = sessionLimits(),
): Promise<SessionRecord[]> {
  const all = consoleKeys.operatorSessions(operatorId);
  const digests = toBuffers(await consoleStore.command("SMEMBERS", all)).map(toText);
  const replies = await consoleStore.pipeline(
    digests.map((digest) => ["HGETALL", consoleKeys.operatorSession(digest)]),
  );
  const sessions = replies.map((reply, at) => {
    if (isError(reply)) throw reply;
    return readSessionReply(digests[at]!, reply, limits);
  });
  const ended = digests.filter((_, at) => sessions[at] === null);
  if (ended.length > 0) await consoleStore.command("SREM", all, ...ended);
  return sessions
    .filter((session) => session !== null)
    .sort((a, b) => b.lastSeenAtMs - a.lastSeenAtMs || (a.digest < b.digest ? -1 : 1));
}

/** KEYS set of all, session, reveals · ARGV digest. → how many live sessions ended; -1 when it is not the operator's. */
const REVOKE = `
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 0 then return -1 end
redis.call('SREM', KEYS[1], ARGV[1])
redis.call('DEL', KEYS[3])
return redis.call('DEL', KEYS[2])`;

/**
 * End one session of this operator, effective with its next request.
 * @returns false when it had ended already, or was never this operator's
 */
export async function revokeSession(
  consoleStore: Store,
  operatorId: string,
  digest: string,
): Promise<boolean> {
  const { operatorSessions, operatorSession, reveals } = consoleKeys;
  const keys = [operatorSessions(operatorId), operatorSession(digest), reveals(digest)];
  return toInt(await consoleStore.command("EVAL", REVOKE, keys.length, ...keys, digest)) === 1;
}

/**
 * End all sessions of an operator, but for one; also those that are renewed or begin while it goes on.
 * @returns how many there were
 */
export async function revokeSessionsOf(
  consoleStore: Store,
  operatorId: string,
  exceptDigest?: string,
): Promise<number> {
  const all = consoleKeys.operatorSessions(operatorId);
  let ended = 0;
  for (let round = 0; round < 20; round++) {
    const digests = toBuffers(await consoleStore.command("SMEMBERS", all)).map(toText);
    const ending = digests.filter((digest) => digest !== exceptDigest);
    if (ending.length === 0) break;
    const were = await Promise.all(ending.map((digest) => revokeSession(consoleStore, operatorId, digest)));
    ended += were.filter(Boolean).length;
  }
  return ended;
}

/** The operator wants masked pages, or no longer. @returns false when the session has ended meanwhile */
export async function setMasked(
  consoleStore: Store,
  session: SessionRecord,
  masked: boolean,
): Promise<boolean> {
  const key = consoleKeys.operatorSession(session.digest);
  // FXX: a session that has ended must not come back as a hash without a life.
  const words = ["FXX", "FIELDS", 1, "masked", masked ? 1 : 0];
  return toInt(await consoleStore.command("HSETEX", key, ...words)) === 1;
}
