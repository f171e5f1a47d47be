/** Shortening a session to its newest messages. */
import { SafeError } from "../../errors";
import { touchKeys } from "../keyspace/kept-of-person";
import { noSuchSession, sessionError } from "../messages/session-errors";
import { keyOfSession, type SessionId } from "../messages/session-key";
import { toArray, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import { HELD_BYTES } from "../undo-record";
import type { ListState, TrimPreview, TrimResult } from "./change-schema";
import { TRIM_SCRIPT } from "./change-scripts";
import { HELD_MESSAGES, type Held, stateFrom } from "./held";
import { readMessages } from "./read-messages";
import { mayNotRunScripts, sessionMoved } from "./scripts";

export interface TrimInput extends SessionId {
  keepMessages: number;
  /** Refuse when the list is another than this. */
  seen?: ListState;
}

/** Keep the newest `keepMessages` and drop the older ones. @throws SafeError `conflict`, `not_found`, `store_refused` */
export async function trimSession(store: Store, input: TrimInput): Promise<TrimResult> {
  return (await takeTail(store, input)).result;
}

/** The same, with what an undo needs; `held` is null when nothing went, or more than is held. */
export async function takeTail(
  store: Store,
  input: TrimInput,
): Promise<{ result: TrimResult; held: Held | null }> {
  const { keepMessages, seen } = input;
  requireKeep(keepMessages);
  const key = keyOfSession(input);
  const state = seen ? [seen.length, seen.newestDigest, seen.oldestDigest] : ["", "", ""];
  let reply: Awaited<ReturnType<Store["command"]>>;
  try {
    const args = [keepMessages, ...state, HELD_BYTES, HELD_MESSAGES];
    reply = await store.command("EVAL", TRIM_SCRIPT, 1, key, ...args);
  } catch (error) {
    if (!mayNotRunScripts(error)) throw sessionError(error);
    return { result: await trimPlainly(store, key, input), held: null };
  }
  touchKeys(store, input.userId, key);
  const [outcome, before, after, went] = toArray(reply);
  if (toText(outcome) === "gone") throw noSuchSession();
  if (toText(outcome) === "moved") throw sessionMoved("removed");
  const left = stateFrom(after);
  const messages = toArray(went).map((bytes) => (bytes as Buffer).toString("base64"));
  return {
    result: { removed: toInt(before) - left.length, length: left.length },
    held: messages.length > 0 ? { kind: "trimmed", after: left, messages } : null,
  };
}

/** For a Redis user who may not run scripts: the list is compared just before, and nothing can be undone. */
async function trimPlainly(
  store: Store,
  key: Buffer,
  { userId, keepMessages, seen }: TrimInput,
): Promise<TrimResult> {
  const length = toInt(
    await store.command("LLEN", key).catch((error: unknown) => {
      throw sessionError(error);
    }),
  );
  if (seen && length !== seen.length) throw sessionMoved("removed");
  const replies = await store.transaction([
    ["LLEN", key],
    ["LTRIM", key, 0, keepMessages - 1],
    ["LLEN", key],
  ]);
  touchKeys(store, userId, key);
  const [before, after] = [toInt(replies[0]), toInt(replies[2])];
  if (before === 0) throw noSuchSession();
  return { removed: before - after, length: after };
}

/** Messages of each end of what would go. */
const SHOWN = 2;

/** What a trim would remove now. @throws SafeError `not_found`, `store_refused` */
export async function previewTrim(store: Store, input: SessionId & { keep: number }): Promise<TrimPreview> {
  requireKeep(input.keep);
  const { userId, sessionId } = input;
  const newest = await readMessages(store, { userId, sessionId, limit: 1 });
  const goes = Math.max(0, newest.length - input.keep);
  const [first, last] = await Promise.all(
    [Math.min(SHOWN, goes), goes].map((before) =>
      before === 0 ? null : readMessages(store, { userId, sessionId, before, limit: SHOWN }),
    ),
  );
  const shown = [...(first?.messages ?? []), ...(last?.messages ?? [])];
  return {
    length: newest.length,
    goes,
    messages: shown.filter(
      ({ position }, at) => shown.findIndex((other) => other.position === position) === at,
    ),
    newestDigest: newest.newestDigest,
    oldestDigest: newest.oldestDigest,
  };
}

function requireKeep(keepMessages: number): void {
  if (Number.isInteger(keepMessages) && keepMessages >= 1) return;
  throw new SafeError("invalid_input", "keepMessages: must be a whole number of at least 1", {
    field: "keepMessages",
    hint: "To keep nothing, delete the session.",
  });
}
