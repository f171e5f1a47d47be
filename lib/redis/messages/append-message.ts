/** A message at the newest end of a session, as an assistant writes it. */
import { touchKeys } from "../keyspace/kept-of-person";
import { toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { noSuchSession, notASession, sessionError } from "./session-errors";
import { keyOfSession, type SessionId } from "./session-key";

/** The tutorial's two, and what other assistants write beside them. */
export type AppendType = "human" | "ai" | "system" | "tool";

export interface AppendResult {
  length: number;
  /** The session did not exist before. */
  created: boolean;
  nowMs: number;
  /** PTTL: -1 has no expiry. */
  ttlMs: number;
}

export interface AppendInput extends SessionId {
  type: AppendType;
  content: string;
  /** Unix seconds; default now. */
  timestampSeconds?: number;
  /** Keep only the newest so many (LTRIM 0 n-1). */
  keepMessages?: number;
  /** A new life; without it a session that exists keeps the one it has, and a new one has none. */
  expireSeconds?: number;
  /** Refuse when the session does not exist: LPUSH would make an expired one anew, without a life. */
  mustExist?: boolean;
}

/**
 * LPUSH + LTRIM + EXPIRE in one MULTI, so that no reader sees a session that is too long or lives for ever.
 * @throws SafeError `not_found` with `mustExist`, `store_refused` when the key holds no list.
 */
export async function appendMessage(store: Store, input: AppendInput): Promise<AppendResult> {
  const key = keyOfSession(input);
  // Inside MULTI a refused LPUSH would not stop the EXPIRE.
  const type = toText(await store.command("TYPE", key));
  if (type !== "list" && type !== "none") throw notASession();
  if (type === "none" && input.mustExist) throw noSuchSession();
  const message = JSON.stringify({
    type: input.type,
    content: input.content,
    timestamp: input.timestampSeconds ?? Math.floor(Date.now() / 1000),
  });
  const commands: Command[] = [[input.mustExist ? "LPUSHX" : "LPUSH", key, message]];
  if (input.keepMessages !== undefined) commands.push(["LTRIM", key, 0, input.keepMessages - 1]);
  if (input.expireSeconds !== undefined) commands.push(["EXPIRE", key, input.expireSeconds]);
  commands.push(["LLEN", key], ["PTTL", key]);
  const replies = await store.transaction(commands).catch((error: unknown) => {
    throw sessionError(error);
  });
  const pushed = toInt(replies[0]);
  if (pushed === 0) throw noSuchSession();
  const created = pushed === 1;
  touchKeys(store, input.userId, key);
  return { length: toInt(replies.at(-2)), created, nowMs: Date.now(), ttlMs: toInt(replies.at(-1)) };
}
