/** Taking a change back: exactly, or not at all. */
import { SafeError } from "../../errors";
import { touchKeys } from "../keyspace/kept-of-person";
import { sessionError } from "../messages/session-errors";
import { keyOfSession, type SessionId } from "../messages/session-key";
import { isError, toArray, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg } from "../store/wire";
import { undoHeld } from "../undo-record";
import type { UndoResult } from "./change-schema";
import { RESTORE_LIFE_SCRIPT, RESTORE_ONE_SCRIPT, RESTORE_TAIL_SCRIPT } from "./change-scripts";
import { secretToken } from "./delete-message";
import type { Held } from "./held";

export interface UndoInput extends SessionId {
  subject: string;
  /** The session's reference. */
  session: string;
  /** The name that the change was answered with. */
  undo: string;
}

/**
 * @throws SafeError `not_found` when its time is over (or it was undone already); `conflict` when the list, or the
 *   life, is not what the change left behind: nothing is changed then
 */
export async function undoChange(store: Store, consoleStore: Store, input: UndoInput): Promise<UndoResult> {
  const { subject, session: scope, undo } = input;
  return undoHeld(consoleStore, {
    subject,
    scope,
    undo,
    restore: (held: Held) => restore(store, input, held),
  });
}

async function restore(store: Store, input: UndoInput, held: Held): Promise<UndoResult> {
  const key = keyOfSession(input);
  if (endsBefore(held, Date.now())) throw lifeOver();
  const replies = await store.pipeline([
    ["EVAL", ...scriptFor(held, key)],
    ["PTTL", key],
  ]);
  const [outcome, ttl] = replies;
  if (isError(outcome)) throw sessionError(outcome);
  const [word, length] = toArray(outcome);
  if (toText(word) !== "done") throw moved();
  touchKeys(store, input.userId, key);
  return {
    kind: held.kind,
    messages: held.kind === "message" ? 1 : held.kind === "trimmed" ? held.messages.length : 0,
    length: toInt(length),
    nowMs: Date.now(),
    ttlMs: isError(ttl) ? -1 : toInt(ttl),
  };
}

function scriptFor(held: Held, key: Buffer): Arg[] {
  const { length, newestDigest, oldestDigest } = held.after;
  if (held.kind === "life") {
    const { setAtMs, formerAtMs } = held;
    return [RESTORE_LIFE_SCRIPT, 1, key, setAtMs, formerAtMs, length, newestDigest, oldestDigest];
  }
  if (held.kind === "trimmed") {
    const messages = held.messages.map((message) => Buffer.from(message, "base64"));
    return [RESTORE_TAIL_SCRIPT, 1, key, length, newestDigest, oldestDigest, ...messages];
  }
  const bytes = Buffer.from(held.bytes, "base64");
  const neighbours = [held.older, held.newer];
  return [
    RESTORE_ONE_SCRIPT,
    1,
    key,
    held.position,
    bytes,
    ...[length, newestDigest, oldestDigest],
    ...neighbours,
    secretToken(),
    held.expireAtMs,
  ];
}

/** Would what is put back be gone at once? */
function endsBefore(held: Held, nowMs: number): boolean {
  const endMs =
    held.kind === "life"
      ? held.formerAtMs
      : held.kind === "message" && held.after.length === 0
        ? held.expireAtMs
        : -1;
  return endMs >= 0 && endMs <= nowMs;
}

function moved(): SafeError {
  return new SafeError("conflict", "The session moved on meanwhile, so nothing was put back.", {
    hint: "Somebody wrote to it, trimmed it or changed its life. Look again.",
  });
}

function lifeOver(): SafeError {
  return new SafeError("conflict", "The life it had is over: put back, it would be gone at once.", {
    hint: "Give the session a new life instead.",
  });
}
