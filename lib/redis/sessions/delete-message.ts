/** Deleting one message: exactly that one, or none. */
import { randomBytes } from "node:crypto";
import { SafeError } from "../../errors";
import { forgetUserKeys } from "../keyspace/user-keys";
import { toArray, toInt, toText } from "../reply";
import type { Store } from "../store";
import type { DeleteMessageResult } from "./schema";
import { DELETE_ONE_SCRIPT, mayNotRunScripts, noSuchSession, sessionError, sessionMoved } from "./scripts";
import { keyOfSession, type SessionId } from "./session-key";

export interface DeleteMessageInput extends SessionId {
  /** Distance from the oldest message. */
  position: number;
  /** Of the message's bytes, as the reader was given it. */
  digest: string;
  /** The list as the reader saw it. */
  length: number;
  newestDigest: string;
  oldestDigest: string;
}

/**
 * Messages have no id and identical ones exist, so a message is named by its place, its bytes and the state of
 * the list; compare and delete happen in one script. The key's life stays. Never LREM by value.
 * @throws SafeError `conflict` when the list is not what the reader saw, `not_found`, `store_refused`
 */
export async function deleteMessage(store: Store, input: DeleteMessageInput): Promise<DeleteMessageResult> {
  const key = keyOfSession(input);
  const token = `memory-console deletes this message ${randomBytes(24).toString("hex")}`;
  const { position, digest, length, newestDigest, oldestDigest } = input;
  let reply: Awaited<ReturnType<Store["command"]>>;
  try {
    reply = await store.command(
      "EVAL",
      DELETE_ONE_SCRIPT,
      1,
      key,
      position,
      digest,
      length,
      newestDigest,
      oldestDigest,
      token,
    );
  } catch (error) {
    if (!mayNotRunScripts(error)) throw sessionError(error);
    throw new SafeError(
      "store_refused",
      "Deleting one message needs the right to run scripts, which the Redis user of this console lacks.",
      {
        hint: "Without a script another message could be hit. Allow EVAL on these keys, or trim the session.",
      },
    );
  }
  const [outcome, left] = toArray(reply);
  if (toText(outcome) === "gone") throw noSuchSession();
  if (toText(outcome) === "moved") throw sessionMoved();
  const sessionGone = toInt(left) === 0;
  if (sessionGone) forgetUserKeys(store, input.userId);
  return { length: toInt(left), sessionGone };
}
