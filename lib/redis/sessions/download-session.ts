/** A session as a file of JSON Lines, read as fast as it is taken. */
import { isUtf8 } from "../../bytes";
import type { Store } from "../store";
import { locateMessage } from "./locate-message";
import { markOf } from "./message-mark";
import { type Chunk, readChunk } from "./read-chunk";
import { digestOf, noSuchSession } from "./scripts";
import { keyOfSession, type SessionId } from "./session-key";

const CHUNK_MESSAGES = 1_000;
const CHUNK_BYTES = 2_000_000;
/** Messages by which the walk knows its place again. */
const KNOWN = 3;

/** Says how many messages the session had; the guard counts them before the last one has left. */
export const MESSAGES_HEADER = "X-Session-Messages";

/**
 * One line a message, oldest first, losing nothing:
 *
 *     {"position":0,"message":{"type":"human",…}}   JSON, as it is stored
 *     {"position":1,"text":"…"}                     other text
 *     {"position":2,"base64":"…"}                   other bytes
 *
 * and at the end `{"end":true,"messages":3,"gaps":0}`; without that line the file is not whole. While assistants
 * trim, the walk finds its place again by the messages it has written; where that place itself was trimmed away,
 * messages in between are gone, and it counts a gap.
 * @throws SafeError `not_found`, `store_refused`
 */
export async function downloadSession(store: Store, input: SessionId): Promise<Response> {
  const key = keyOfSession(input);
  const read = (from: number): Promise<Chunk | null> =>
    readChunk(store, key, { from, to: from + CHUNK_MESSAGES - 1, budgetBytes: CHUNK_BYTES, headBytes: 0 });
  let chunk = await read(0);
  if (!chunk) throw noSuchSession();
  const { length } = chunk;

  let [at, written, gaps] = [0, 0, 0];
  let last: string[] = [];
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const lines: string[] = [];
      for (const { head } of chunk?.messages ?? []) {
        lines.push(lineOf(written, head));
        last = [...last.slice(1 - KNOWN), markOf(input, digestOf(head))];
        written += 1;
        at += 1;
      }
      // What came while it was read is left to the next download: a busy session would have no end.
      const done = !chunk || chunk.messages.length === 0 || at >= chunk.length || written >= length;
      if (done) lines.push(`${JSON.stringify({ end: true, messages: written, gaps })}\n`);
      controller.enqueue(Buffer.from(lines.join("")));
      if (done) return controller.close();
      const place = await goOn();
      if (place.lost) gaps += 1;
      at = place.at;
      chunk = await read(at);
    },
  });

  /** Where the message after the last one stands now. */
  async function goOn(): Promise<{ at: number; lost: boolean }> {
    const before = at - last.length;
    try {
      const { position } = await locateMessage(store, { ...input, position: before, marks: last });
      return position === null ? { at: 0, lost: true } : { at: position + last.length, lost: false };
    } catch {
      // It expired meanwhile: the next read finds nothing and ends the file.
      return { at, lost: true };
    }
  }

  return new Response(body, {
    headers: {
      "Content-Type": "application/jsonl; charset=utf-8",
      "Content-Disposition": `attachment; filename="session-${new Date().toISOString().slice(0, 10)}.jsonl"`,
      "Cache-Control": "no-store",
      [MESSAGES_HEADER]: String(length),
    },
  });
}

function lineOf(position: number, bytes: Buffer): string {
  if (!isUtf8(bytes)) return `${JSON.stringify({ position, base64: bytes.toString("base64") })}\n`;
  const text = bytes.toString("utf8");
  try {
    JSON.parse(text);
    // Not parsed and written anew: numbers beyond 2^53 and twin fields would not survive it. Line ends in JSON
    // stand between its tokens only.
    return `{"position":${position},"message":${text.replace(/[\r\n]+/g, " ")}}\n`;
  } catch {
    return `${JSON.stringify({ position, text })}\n`;
  }
}
