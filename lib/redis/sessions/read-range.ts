/** A range of a session by LRANGE alone, for a Redis user who may not run scripts. */

import { sessionError } from "../messages/session-errors";
import { isError, toBuffers, toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { modeOf, type RawPage, type ReadMessagesInput, stateOf } from "./page-range";
import { digestOf } from "./scripts";

/** The same page without scripts. Messages come whole, however long: LRANGE knows no other way. */
export async function readByRange(
  store: Store,
  key: Buffer,
  input: ReadMessagesInput,
): Promise<RawPage | null> {
  const { mode, position, limit } = modeOf(input);
  const range: Command =
    mode === "newest"
      ? ["LRANGE", key, 0, limit - 1]
      : mode === "before"
        ? ["LRANGE", key, -position, -Math.max(1, position - limit + 1)]
        : ["LRANGE", key, -1 - position - limit, -2 - position];
  const { length, newest, oldest, found } = await readSteady(store, key, range);
  if (length === 0 || !newest || !oldest) return null;
  const newestDigest = digestOf(newest);
  const oldestDigest = digestOf(oldest);
  const unchanged = input.have === stateOf({ length, newestDigest, oldestDigest });
  return {
    length,
    newestDigest,
    oldestDigest,
    unchanged,
    ...placeOfRange(mode, position, length, unchanged ? [] : found),
  };
}

/**
 * A range together with the list's length and ends. A user who may not run scripts may often not say MULTI
 * either, so the range stands between two looks at the length, and is read again when they differ.
 */
export async function readSteady(store: Store, key: Buffer, range: Command) {
  for (let attempt = 1; ; attempt += 1) {
    const replies = await store.pipeline([
      ["LLEN", key],
      ["LRANGE", key, 0, 0],
      ["LRANGE", key, -1, -1],
      range,
      ["LRANGE", key, -1, -1],
      ["LLEN", key],
    ]);
    const refused = replies.find(isError);
    if (refused) throw sessionError(refused);
    const [length, newest, oldest, found, oldestAfter, lengthAfter] = replies;
    const steady =
      toInt(length) === toInt(lengthAfter) &&
      String(toBuffers(oldest)[0]) === String(toBuffers(oldestAfter)[0]);
    if (!steady && attempt < 4) continue;
    return {
      length: toInt(length),
      newest: toBuffers(newest)[0],
      oldest: toBuffers(oldest)[0],
      found: toBuffers(found),
    };
  }
}

/** LRANGE answers newest first whatever was asked for. */
function placeOfRange(mode: string, position: number, length: number, found: Buffer[]) {
  // A position at or before the oldest makes a range that would mean something else to LRANGE.
  const bytes = mode === "before" && position === 0 ? [] : found;
  const from =
    mode === "newest"
      ? length - 1
      : mode === "before"
        ? Math.min(position, length) - 1
        : position + bytes.length;
  return {
    from,
    step: -1,
    items: bytes.map((head) => ({
      sizeBytes: head.length,
      digest: digestOf(head),
      head,
      tail: Buffer.alloc(0),
    })),
  };
}
