/** Deleting one message: exactly that one, or none. */
import { randomBytes } from "node:crypto";
import { SafeError } from "../../errors";
import { touchKeys } from "../keyspace/kept-of-person";
import { noSuchSession, sessionError } from "../messages/session-errors";
import { keyOfSession, type SessionId } from "../messages/session-key";
import { toArray, toBuffer, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import { HELD_BYTES } from "../undo-record";
import type { DeleteMessageResult, ListState } from "./change-schema";
import { DELETE_ONE_SCRIPT } from "./change-scripts";
import { type Held, stateFrom } from "./held";
import { mayNotRunScripts, sessionMoved } from "./scripts";

export interface DeleteMessageInput extends SessionId, ListState {
  /** Distance from the oldest message. */
  position: number;
  /** Of the message's bytes, as the reader was given it. */
  digest: string;
}

/**
 * Messages have no id and identical ones exist, so a message is named by its place, its bytes and the state of
 * the list; compare and delete happen in one script. The key's life stays. Never LREM by value.
 * @throws SafeError `conflict` when the list is not what the reader saw, `not_found`, `store_refused`
 */
export async function deleteMessage(store: Store, input: DeleteMessageInput): Promise<DeleteMessageResult> {
  return (await takeMessage(store, input)).result;
}

/** The same, with what an undo needs; `held` is null for a message too long to be held. */
export async function takeMessage(
  store: Store,
  input: DeleteMessageInput,
): Promise<{ result: DeleteMessageResult; held: Held | null }> {
  const key = keyOfSession(input);
  const { position, digest, length, newestDigest, oldestDigest } = input;
  const state = [length, newestDigest, oldestDigest] as const;
  const token = secretToken();
  let reply: Awaited<ReturnType<Store["command"]>>;
  try {
    const args = [position, digest, ...state, token, HELD_BYTES];
    reply = await store.command("EVAL", DELETE_ONE_SCRIPT, 1, key, ...args);
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
  const [outcome, after, expireAtMs, older, newer, bytes] = toArray(reply);
  if (toText(outcome) === "gone") throw noSuchSession();
  if (toText(outcome) === "moved") throw sessionMoved();
  const left = stateFrom(after);
  const sessionGone = left.length === 0;
  touchKeys(store, input.userId, key);
  const [message] = toArray(bytes);
  const held: Held | null =
    message === undefined
      ? null
      : {
          kind: "message",
          after: left,
          position,
          bytes: toBuffer(message).toString("base64"),
          older: toText(older),
          newer: toText(newer),
          expireAtMs: toInt(expireAtMs),
        };
  return { result: { length: left.length, sessionGone }, held };
}

/** A value that no assistant can have written: it marks a place for the length of a script. */
export function secretToken(): string {
  return `memory-console marks this place ${randomBytes(24).toString("hex")}`;
}
