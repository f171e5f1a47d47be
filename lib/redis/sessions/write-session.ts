/** Writing to a session, and its length and size. */
import { approximateSize } from "../keyspace/approximate-size";
import { forgetUserKeys } from "../keyspace/user-keys";
import { toInt, toText } from "../reply";
import type { Command, Store } from "../store";
import type { AppendResult, DeleteSessionResult, SessionSize } from "./change-schema";
import type { AppendType } from "./schema";
import { noSuchSession, notASession, sessionError } from "./scripts";
import { keyOfSession, requireSession, type SessionId } from "./session-key";

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
  if (created) forgetUserKeys(store, input.userId);
  return { length: toInt(replies.at(-2)), created, nowMs: Date.now(), ttlMs: toInt(replies.at(-1)) };
}

/** How many messages. @throws SafeError `not_found`, `store_refused` */
export async function sessionLength(store: Store, input: SessionId): Promise<{ length: number }> {
  const key = await requireSession(store, input);
  const length = toInt(await store.command("LLEN", key));
  if (length === 0) throw noSuchSession();
  return { length };
}

/**
 * Bytes in Redis. By default MEMORY USAGE samples a few parts of the list, which is wrong by half where messages
 * are uneven; `exact` looks at all of them (SAMPLES 0), which costs the server time on a long list.
 * @throws SafeError `not_found`, `store_refused`
 */
export async function sessionSize(
  store: Store,
  input: SessionId & { exact?: boolean },
): Promise<SessionSize> {
  const key = await requireSession(store, input);
  const reply = input.exact
    ? await store.command("MEMORY", "USAGE", key, "SAMPLES", 0)
    : await store.command(...approximateSize(key));
  if (reply === null) throw noSuchSession();
  return { sizeBytes: toInt(reply), exact: input.exact ?? false };
}

/**
 * UNLINK the session and look whether it is gone: an assistant that is writing may bring it back at once.
 * @throws SafeError `not_found`, `store_refused` (nothing is deleted then)
 */
export async function deleteSession(store: Store, input: SessionId): Promise<DeleteSessionResult> {
  const key = await requireSession(store, input);
  const [length, unlinked] = await store.transaction([
    ["LLEN", key],
    ["UNLINK", key],
  ]);
  forgetUserKeys(store, input.userId);
  if (toInt(unlinked) === 0) throw noSuchSession();
  const left = toInt(await store.command("EXISTS", key));
  return { messages: toInt(length), verifiedGone: left === 0 };
}
