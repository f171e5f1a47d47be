/** A session's length and size, and its end. */
import { approximateSize } from "../keyspace/approximate-size";
import { touchKeys } from "../keyspace/kept-of-person";
import { noSuchSession } from "../messages/session-errors";
import { requireSession, type SessionId } from "../messages/session-key";
import { toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { DeleteSessionResult, SessionSize } from "./change-schema";

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
  touchKeys(store, input.userId, key);
  if (toInt(unlinked) === 0) throw noSuchSession();
  const left = toInt(await store.command("EXISTS", key));
  return { messages: toInt(length), verifiedGone: left === 0 };
}
