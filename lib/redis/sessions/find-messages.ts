/** Words, looked for in all messages of a session. */
import { createHash } from "node:crypto";
import { noSuchSession } from "../messages/session-errors";
import { keyOfSession, type SessionId } from "../messages/session-key";
import type { Store } from "../store/store";
import type { FoundMessages } from "./find-schema";
import { type ReadBytes, saidIn } from "./message";
import { markOf } from "./message-mark";
import { type Chunk, type ChunkInput, readChunk } from "./read-chunk";
import { sessionMoved } from "./scripts";

const CHUNK_MESSAGES = 2_000;
const CHUNK_BYTES = 2_000_000;
/** Of longer messages the beginning is searched. */
export const SEARCHED_BYTES = 1_000_000;
/** An answer comes within about this time, whatever the session's length. */
const BUDGET_MS = 1_200;
const MAX_FOUND = 2_000;
const RESTARTS = 3;
/** Messages by which a place is known again, and how much of each. */
const KNOWN = 16;
const KNOWN_BYTES = 1_024;

export interface FindInput extends SessionId {
  words: string;
  /** The oldest position to look at; those before it are known already. */
  from?: number;
  /** Go on below this position. Without it the look begins at the newest message. */
  before?: number;
  /** What the earlier answer gave, whose positions are only right while it is: see {@link FoundMessages.listMark}. */
  listMark?: string;
  budgetMs?: number;
}

/**
 * Messages that say the words: in their content, in the names and arguments of function calls, or in the raw text of
 * those that are shown raw. Capital and small letters are the same. The walk goes from newer to older and ends early
 * when its time is up or it found 2,000; `next` says where to go on. When messages were removed since the earlier
 * answer it begins anew, and says so.
 * @throws SafeError `conflict` when messages are removed again and again while it reads
 */
export async function findMessages(store: Store, input: FindInput): Promise<FoundMessages> {
  const found = await walk(store, input);
  if (found) return found;
  const { from: _from, before: _before, listMark, ...anew } = input;
  for (let restarts = 0; restarts < RESTARTS; restarts += 1) {
    const again = await walk(store, anew);
    if (again) return listMark === undefined ? again : { ...again, anew: true };
  }
  throw sessionMoved("searched");
}

/** @returns null when messages were removed under it, so that every position may have moved */
async function walk(store: Store, input: FindInput): Promise<FoundMessages | null> {
  const key = keyOfSession(input);
  const { from = 0, before, listMark: known, budgetMs = BUDGET_MS } = input;
  const wanted = input.words.toLowerCase();
  const endMs = performance.now() + budgetMs;
  const read = async (chunk: ChunkInput): Promise<Chunk> => {
    const answer = await readChunk(store, key, chunk);
    if (!answer) throw noSuchSession();
    return answer;
  };
  /** Positions count from the oldest message: what is removed anywhere below this one moves those around it. */
  async function markAt(position: number): Promise<string> {
    const around = await read({
      from: Math.max(0, position - KNOWN),
      to: Math.max(0, position - 1),
      budgetBytes: Number.MAX_SAFE_INTEGER,
      headBytes: KNOWN_BYTES,
    });
    const sha1 = createHash("sha1").update(`${around.oldestDigest}:${around.messages.length}`);
    for (const { sizeBytes, head, tail } of around.messages) {
      sha1.update(`:${sizeBytes}:`).update(head).update(tail);
    }
    return `${position}-${markOf(input, sha1.digest("hex"))}`;
  }
  const isAsBefore = async (mark: string) => (await markAt(placeOf(mark))) === mark;

  let { length } = await read({ from: 0, to: 0, budgetBytes: 1, headBytes: 1 });
  const listMark = before !== undefined && known !== undefined ? known : await markAt(length);
  if (known !== undefined && !(await isAsBefore(known))) return null;

  const found: number[] = [];
  const start = Math.min(before ?? length, length);
  let [at, cutMessages] = [start, 0];
  while (at > from && found.length < MAX_FOUND && (at === start || performance.now() < endMs)) {
    const chunk = await read({
      from: Math.max(from, at - CHUNK_MESSAGES),
      to: at - 1,
      budgetBytes: CHUNK_BYTES,
      headBytes: SEARCHED_BYTES,
      newestFirst: true,
    });
    // After it was read: whatever was removed until then is noticed.
    if (chunk.messages.length === 0 || !(await isAsBefore(listMark))) return null;
    for (const message of chunk.messages) {
      at -= 1;
      if (holds(message, wanted)) found.push(at);
      if (message.sizeBytes > message.head.length) cutMessages += 1;
    }
    length = chunk.length;
  }
  return {
    positions: found.reverse(),
    total: found.length,
    next: at > from ? at : null,
    length,
    listMark,
    cutMessages,
  };
}

function placeOf(listMark: string): number {
  return Number(listMark.split("-")[0]);
}

/** Function calls are stored otherwise than they are shown. */
const CALLS = /tool_calls|function_call|tool_use/;

/** @param wanted in small letters */
export function holds(message: ReadBytes, wanted: string): boolean {
  const stored = message.head.toString("utf8");
  // Most messages say what is stored of them, letter by letter, and most do not hold the words: those need no parsing.
  const isPlain = !/[\\\ufffd]/.test(stored) && !CALLS.test(stored) && !wanted.includes("\n");
  if (isPlain && !stored.toLowerCase().includes(wanted)) return false;
  return saidIn(message).some((text) => text.toLowerCase().includes(wanted));
}
