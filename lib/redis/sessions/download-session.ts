/** A session as a file of JSON Lines, read as fast as it is taken. */
import { isUtf8 } from "../../bytes";
import { noSuchSession } from "../messages/session-errors";
import { keyOfSession, type SessionId } from "../messages/session-key";
import type { Store } from "../store/store";
import { locateMessage } from "./locate-message";
import { markOf } from "./message-mark";
import { type Chunk, readChunk } from "./read-chunk";
import { digestOf } from "./scripts";

const CHUNK_MESSAGES = 1_000;
const CHUNK_BYTES = 2_000_000;
/** Messages by which the walk knows its place again. */
const KNOWN = 3;
/** An assistant that trims faster than this reads is not waited for. */
const ATTEMPTS = 20;

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
  const start = await read(0);
  if (!start) throw noSuchSession();
  const { length } = start;

  let chunk: Chunk | null = start;
  /** Of `chunk`, messages that the file has already. */
  let known = 0;
  let [at, written, gaps] = [0, 0, 0];
  let last: string[] = [];
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const lines: string[] = [];
      for (const { head } of chunk?.messages.slice(known) ?? []) {
        lines.push(lineOf(written, head));
        last = [...last.slice(1 - KNOWN), markOf(input, digestOf(head))];
        written += 1;
      }
      at += chunk?.messages.length ?? 0;
      // What came while it was read is left to the next download: a busy session would have no end.
      const done = !chunk || chunk.messages.length <= known || at >= chunk.length || written >= length;
      if (done) lines.push(`${JSON.stringify({ end: true, messages: written, gaps })}\n`);
      controller.enqueue(Buffer.from(lines.join("")));
      if (done) controller.close();
      else await readOn();
    },
  });

  /** The next chunk begins with messages that are known: only then is it the right one. */
  async function readOn(): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      at -= last.length;
      chunk = await read(at);
      known = last.length;
      const begins = chunk?.messages.slice(0, known).map(({ head }) => markOf(input, digestOf(head)));
      // It expired meanwhile, or it goes on where the last one ended.
      if (!begins || String(begins) === String(last)) return;
      const { position } = await locateMessage(store, { ...input, position: at, marks: last });
      if (position === null) break;
      at = position + known;
    }
    // The messages that were written last are gone, and with them perhaps others behind them.
    gaps += 1;
    [at, known] = [0, 0];
    chunk = await read(at);
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
