/** From a person and a session's name to its key, and the checks that every operation on it begins with. */
import { SafeError } from "../../errors";
import { openRef } from "../../refs";
import { parseKey, sessionKey } from "../keys";
import { toText } from "../store/reply";
import type { Store } from "../store/store";
import { noSuchSession, notASession } from "./session-errors";

export interface SessionId {
  userId: Buffer;
  sessionId: Buffer;
}

/** The bytes behind an address's references. @throws SafeError `not_found` for a reference of another console. */
export function sessionIdOf({ ref, session }: { ref: string; session: string }): SessionId {
  return { userId: openRef("user", ref), sessionId: openRef("session", session) };
}

/**
 * @throws SafeError `invalid_input` when the name would land under another person's key: a session named `a:b`,
 * or one whose owner's id ends in `:history:x`, reads as somebody else's by the grammar.
 */
export function keyOfSession({ userId, sessionId }: SessionId): Buffer {
  const key = sessionKey(userId, sessionId);
  const parsed = parseKey(key);
  if (parsed?.class !== "sessions" || !parsed.userId.equals(userId) || !parsed.sessionId.equals(sessionId)) {
    throw new SafeError("invalid_input", "session: must be at least one byte, without a colon", {
      field: "session",
    });
  }
  return key;
}

/**
 * The key of a session that is there, as a list. Commands such as EXPIRE work on any type, and inside MULTI a
 * refused LPUSH does not stop them: so writes ask first.
 * @throws SafeError `not_found`, or `store_refused` for another type of value.
 */
export async function requireSession(store: Store, id: SessionId): Promise<Buffer> {
  const key = keyOfSession(id);
  const type = toText(await store.command("TYPE", key));
  if (type === "none") throw noSuchSession();
  if (type !== "list") throw notASession();
  return key;
}
