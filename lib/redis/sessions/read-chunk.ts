/** A long walk over a session, a bounded piece at a time: for searches, samples and downloads. */

import { sessionError } from "../messages/session-errors";
import { toArray, toBuffer, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { ReadBytes } from "./message";
import { readSteady } from "./read-range";
import { digestOf, mayNotRunScripts } from "./scripts";
import { CHUNK_SCRIPT, DIGESTS_SCRIPT } from "./walk-scripts";

/** Without scripts messages come whole, so that fewer are asked for at once. */
const PLAIN_MESSAGES = 25;

export interface ChunkInput {
  /** Positions, both included. */
  from: number;
  to: number;
  /** The chunk ends with the message that goes beyond this; it has at least one. */
  budgetBytes: number;
  /** Of longer messages the first so many bytes and the last 256 are read; 0 reads all. */
  headBytes: number;
  /** Begin at `to`: then what the budget leaves out is at the older end. */
  newestFirst?: boolean;
}

export interface Chunk {
  length: number;
  newestDigest: string;
  oldestDigest: string;
  /** From `from` on, oldest first; or from `to` on, newest first. */
  messages: ReadBytes[];
}

/** @returns null when there is no such session. @throws SafeError `store_refused` when the key holds no list */
export async function readChunk(store: Store, key: Buffer, input: ChunkInput): Promise<Chunk | null> {
  const { from, to, budgetBytes, headBytes, newestFirst = false } = input;
  const order = newestFirst ? "newest" : "oldest";
  try {
    const reply = toArray(
      await store.command("EVAL_RO", CHUNK_SCRIPT, 1, key, from, to, budgetBytes, headBytes, order),
    );
    if (reply.length === 0) return null;
    return {
      length: toInt(reply[0]),
      newestDigest: toText(reply[1]),
      oldestDigest: toText(reply[2]),
      messages: toArray(reply[3]).map((item) => {
        const [size, head, tail] = toArray(item);
        return { sizeBytes: toInt(size), head: toBuffer(head), tail: toBuffer(tail) };
      }),
    };
  } catch (error) {
    if (!mayNotRunScripts(error)) throw sessionError(error);
  }
  const plain = newestFirst
    ? await readPlain(store, key, Math.max(from, to - PLAIN_MESSAGES + 1), to)
    : await readPlain(store, key, from, Math.min(to, from + PLAIN_MESSAGES - 1));
  if (!plain) return null;
  const messages = plain.found.map((head) => ({ sizeBytes: head.length, head, tail: NOTHING }));
  return { ...plain, messages: newestFirst ? messages.reverse() : messages };
}

const NOTHING = Buffer.alloc(0);

/** Digests of the messages at these positions, oldest first; null when there is no such session. */
export async function readDigests(store: Store, key: Buffer, from: number, to: number) {
  try {
    const reply = toArray(await store.command("EVAL_RO", DIGESTS_SCRIPT, 1, key, from, to));
    return reply.length === 0 ? null : { length: toInt(reply[0]), digests: toArray(reply[1]).map(toText) };
  } catch (error) {
    if (!mayNotRunScripts(error)) throw sessionError(error);
  }
  const plain = await readPlain(store, key, from, to);
  return plain && { length: plain.length, digests: plain.found.map(digestOf) };
}

async function readPlain(store: Store, key: Buffer, from: number, to: number) {
  const { length, newest, oldest, found } = await readSteady(store, key, ["LRANGE", key, -1 - to, -1 - from]);
  if (length === 0 || !newest || !oldest) return null;
  // Positions beyond the newest message name nothing; LRANGE has left them out.
  return {
    length,
    newestDigest: digestOf(newest),
    oldestDigest: digestOf(oldest),
    found: from < length ? found.reverse() : [],
  };
}
