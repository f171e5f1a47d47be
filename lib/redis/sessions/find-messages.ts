/** Words, looked for in all messages of a session. */
import { displayBytes, isUtf8 } from "../../bytes";
import { noSuchSession } from "../messages/session-errors";
import { keyOfSession, type SessionId } from "../messages/session-key";
import type { Store } from "../store/store";
import type { FoundMessages } from "./find-schema";
import { interpretMessage, type ReadBytes } from "./message";
import { markOf } from "./message-mark";
import { type Chunk, readChunk } from "./read-chunk";
import { sessionMoved } from "./scripts";

const CHUNK_MESSAGES = 2_000;
const CHUNK_BYTES = 2_000_000;
/** Of longer messages the beginning is searched. */
export const SEARCHED_BYTES = 1_000_000;
/** An answer comes within about this time, whatever the session's length. */
const BUDGET_MS = 1_200;
const MAX_FOUND = 2_000;
const RESTARTS = 3;

export interface FindInput extends SessionId {
  words: string;
  /** Position to begin at; messages before it are known already. */
  from?: number;
  /** Mark of the oldest message at the earlier answer that `from` comes from. */
  listMark?: string;
  budgetMs?: number;
}

/**
 * Messages whose content, or whose stored text, holds the words; capital and small letters are the same. The walk
 * goes from older to newer and ends early when its time is up or it found 2,000; `next` says where to go on.
 * @throws SafeError `conflict` when the list was trimmed since the earlier answer, or while it was read
 */
export async function findMessages(store: Store, input: FindInput): Promise<FoundMessages> {
  const key = keyOfSession(input);
  const { from = 0, budgetMs = BUDGET_MS } = input;
  const wanted = input.words.toLowerCase();
  const endMs = performance.now() + budgetMs;
  let known = input.listMark;
  let found: number[] = [];
  let [at, cutMessages, restarts] = [from, 0, 0];
  for (;;) {
    const to = at + CHUNK_MESSAGES - 1;
    const chunk = await readChunk(store, key, {
      from: at,
      to,
      budgetBytes: CHUNK_BYTES,
      headBytes: SEARCHED_BYTES,
    });
    if (!chunk) throw noSuchSession();
    const listMark = markOf(input, chunk.oldestDigest);
    if (known !== undefined && known !== listMark) {
      // Trimmed under the walk: every position has moved. From the beginning that is no loss.
      if (from > 0 || restarts === RESTARTS) throw sessionMoved("searched");
      [at, cutMessages, found, restarts, known] = [0, 0, [], restarts + 1, undefined];
      continue;
    }
    known = listMark;
    for (const message of chunk.messages) {
      if (holds(message, wanted)) found.push(at);
      if (message.sizeBytes > message.head.length) cutMessages += 1;
      at += 1;
    }
    const done = at >= chunk.length || chunk.messages.length === 0;
    if (done || found.length >= MAX_FOUND || performance.now() > endMs) {
      return answer(chunk, { found, from, next: done ? null : at, listMark, cutMessages });
    }
  }
}

type Walked = { found: number[]; from: number; next: number | null; listMark: string; cutMessages: number };

function answer(chunk: Chunk, { found, from, next, listMark, cutMessages }: Walked): FoundMessages {
  return { positions: found, total: found.length, from, next, length: chunk.length, listMark, cutMessages };
}

/** @param wanted in small letters */
export function holds(message: ReadBytes, wanted: string): boolean {
  const { head } = message;
  const raw = isUtf8(head) ? head.toString("utf8") : displayBytes(head);
  if (raw.toLowerCase().includes(wanted)) return true;
  // Only a text with escapes reads otherwise than it is stored.
  if (!raw.includes("\\")) return false;
  return interpretMessage(message, SEARCHED_BYTES).text.toLowerCase().includes(wanted);
}
