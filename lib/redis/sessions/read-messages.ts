/** A page of a conversation, and one message whole. */

import { displayBytes, isUtf8 } from "../../bytes";
import { SafeError } from "../../errors";
import { openRef, sealRef } from "../../refs";
import { approximateSize } from "../keyspace/approximate-size";
import { noSuchSession, sessionError } from "../messages/session-errors";
import { keyOfSession, type SessionId } from "../messages/session-key";
import { redisCliText } from "../query-engine/command-text";
import { isError, toArray, toBuffer, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import { cutText, interpretMessage } from "./message";
import { markOf } from "./message-mark";
import { modeOf, type RawPage, type ReadMessagesInput, stateOf } from "./page-range";
import { readByRange, readSteady } from "./read-range";
import type { MessagePage, SessionMessage, WholeMessage } from "./schema";
import { digestOf, mayNotRunScripts, ONE_SCRIPT, PAGE_SCRIPT, sessionMoved } from "./scripts";

/** Messages up to this length are read whole to be understood; of longer ones the beginning. */
const INLINE_BYTES = 262_144;
const WHOLE_TEXT_BYTES = 1_000_000;
const WHOLE_HEX_BYTES = 65_536;
/** Escapes quadruple what a person would have to read: of broken text less is shown. */
const WHOLE_BROKEN_TEXT_BYTES = 65_536;

/**
 * A page of messages, oldest first, positions counted from the oldest message (so that an LPUSH shifts nothing).
 * @throws SafeError `not_found` when there is no such session, `store_refused` when the key holds no list.
 */
export async function readMessages(store: Store, input: ReadMessagesInput): Promise<MessagePage> {
  const key = keyOfSession(input);
  const asked = { ...input, have: openState(input.have) };
  const nowMs = Date.now();
  const [ttl, size, scripted] = await store.pipeline([
    ["PTTL", key],
    approximateSize(key),
    pageCommand(key, asked),
  ]);
  let page: RawPage | null;
  if (isError(scripted)) {
    if (!mayNotRunScripts(scripted)) throw sessionError(scripted);
    page = await readByRange(store, key, asked);
  } else {
    page = parsePage(toArray(scripted));
  }
  if (page === null) throw noSuchSession();
  const messages = page.items.map(
    (item, index): SessionMessage => ({
      position: page.from + index * page.step,
      digest: item.digest,
      mark: markOf(input, item.digest),
      sizeBytes: item.sizeBytes,
      ...interpretMessage(item),
    }),
  );
  return {
    label: displayBytes(input.sessionId),
    nowMs,
    length: page.length,
    ttlMs: isError(ttl) ? -1 : toInt(ttl),
    sizeBytes: isError(size) || size === null ? null : toInt(size),
    newestDigest: page.newestDigest,
    oldestDigest: page.oldestDigest,
    command: redisCliText(["LRANGE", key, 0, -1]),
    state: sealRef("state", Buffer.from(stateOf(page))),
    unchanged: page.unchanged,
    messages: page.step < 0 ? messages.reverse() : messages,
  };
}

/** One that does not open, or is a masked reader's, is nobody's state: then the page comes whole. */
function openState(sealed: string | undefined): string | undefined {
  if (sealed === undefined) return undefined;
  try {
    return openRef("state", sealed).toString();
  } catch {
    return undefined;
  }
}

function pageCommand(key: Buffer, input: ReadMessagesInput): Command {
  const { mode, position, limit } = modeOf(input);
  return ["EVAL_RO", PAGE_SCRIPT, 1, key, mode, position, limit, input.have ?? "", INLINE_BYTES];
}

function parsePage(reply: Reply[]): RawPage | null {
  if (reply.length === 0) return null;
  return {
    length: toInt(reply[0]),
    newestDigest: toText(reply[1]),
    oldestDigest: toText(reply[2]),
    unchanged: toInt(reply[3]) === 1,
    from: toInt(reply[4]),
    step: toInt(reply[5]),
    items: toArray(reply[6]).map((item) => {
      const [size, digest, head, tail] = toArray(item);
      return { sizeBytes: toInt(size), digest: toText(digest), head: toBuffer(head), tail: toBuffer(tail) };
    }),
  };
}

/**
 * One message whole: up to 1 MB of text and 64 kB as hexadecimal.
 * @throws SafeError `not_found` (session or position), `conflict` when `mark` is given and another message
 * stands there now, `store_refused` for another type of value.
 */
export async function readMessage(
  store: Store,
  input: SessionId & { position: number; mark?: string | undefined },
): Promise<WholeMessage> {
  const key = keyOfSession(input);
  const found = await findOne(store, key, input.position);
  if (found === null) throw noSuchSession();
  if (found === "no such position") {
    throw new SafeError("not_found", "There is no message at this place any more.", {
      hint: "The session was trimmed meanwhile. Look again.",
    });
  }
  if (input.mark !== undefined && input.mark !== markOf(input, found.digest)) throw sessionMoved();
  const { sizeBytes, digest, head } = found;
  const utf8 = isUtf8(head) || startIsUtf8(head, sizeBytes);
  const text = utf8
    ? cutText(head.toString("utf8"), WHOLE_TEXT_BYTES)
    : {
        text: displayBytes(head.subarray(0, WHOLE_BROKEN_TEXT_BYTES)),
        cut: head.length > WHOLE_BROKEN_TEXT_BYTES,
      };
  return {
    position: input.position,
    digest,
    sizeBytes,
    utf8,
    text: text.text,
    textCut: text.cut || sizeBytes > head.length,
    hex: head.toString("hex", 0, WHOLE_HEX_BYTES),
    hexCut: sizeBytes > WHOLE_HEX_BYTES,
    message: {
      position: input.position,
      digest,
      mark: markOf(input, digest),
      sizeBytes,
      ...interpretMessage({ sizeBytes, head, tail: Buffer.alloc(0) }),
    },
  };
}

/** Cut after 1 MB, the last character may be a half: that alone does not make it broken text. */
function startIsUtf8(head: Buffer, sizeBytes: number): boolean {
  return sizeBytes > head.length && [1, 2, 3].some((bytes) => isUtf8(head.subarray(0, head.length - bytes)));
}

async function findOne(store: Store, key: Buffer, position: number) {
  try {
    const reply = toArray(await store.command("EVAL_RO", ONE_SCRIPT, 1, key, position, WHOLE_TEXT_BYTES));
    if (reply.length === 0) return null;
    if (reply.length === 1) return "no such position" as const;
    return { sizeBytes: toInt(reply[1]), digest: toText(reply[2]), head: toBuffer(reply[3]) };
  } catch (error) {
    if (!mayNotRunScripts(error)) throw sessionError(error);
  }
  const { length, found } = await readSteady(store, key, ["LRANGE", key, -1 - position, -1 - position]);
  if (length === 0) return null;
  const bytes = position < length ? found[0] : undefined;
  if (bytes === undefined) return "no such position" as const;
  return { sizeBytes: bytes.length, digest: digestOf(bytes), head: bytes.subarray(0, WHOLE_TEXT_BYTES) };
}
