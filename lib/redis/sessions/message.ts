/**
 * What the bytes of one stored message are. A message may be anything an assistant (or a mistake) pushed: it is
 * shown for what it is, never dropped, and never makes a page fail.
 */
import { displayBytes, isUtf8 } from "../../bytes";
import { readableJson } from "../../readable-json";
import { parseReason, readSpoken, shownCalls, type WholeCall, wellFormed } from "./message-parts";
import { PAGE_TEXT_BYTES, type RawReason, type SessionMessage } from "./schema";

/** Bytes of a message as far as they were read. `tail` is its end when the middle was left out. */
export interface ReadBytes {
  sizeBytes: number;
  head: Buffer;
  tail: Buffer;
}

export type Interpreted = Omit<SessionMessage, "position" | "digest" | "mark" | "sizeBytes">;

type Time = Pick<SessionMessage, "timestampMs" | "timestampNote">;

/** Seconds beyond this would be the year 5138; as milliseconds it is March 1973. */
const SECONDS_END = 1e11;
const MILLISECONDS_END = 1e14;

/** `timestamp` as assistants write it: unix seconds (the tutorial), fractions of them, or milliseconds. */
export function readTimestamp(value: unknown): Time {
  if (value === undefined) return { timestampMs: null, timestampNote: "missing" };
  const number = typeof value === "string" && /^\d{1,15}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !(number > 0) || number >= MILLISECONDS_END) {
    return { timestampMs: null, timestampNote: "not-a-time" };
  }
  if (number < SECONDS_END) return { timestampMs: Math.round(number * 1000) };
  return { timestampMs: Math.round(number), timestampNote: "milliseconds" };
}

/** @param textBytes how much of the text to keep, in bytes of UTF-8 */
export function interpretMessage(bytes: ReadBytes, textBytes = PAGE_TEXT_BYTES): Interpreted {
  const { calls = [], ...message } = interpret(bytes, textBytes);
  return { ...message, ...shownCalls(calls) };
}

/**
 * What a person reads of a message, as far as it was read, and nothing else that is stored of it: the content, or
 * the raw text of what is shown raw, and of function calls the names and the arguments, as they are stored and as
 * they are shown.
 */
export function saidIn(bytes: ReadBytes): string[] {
  const { text, calls = [] } = interpret(bytes, bytes.head.length);
  return [
    text,
    ...calls.flatMap(({ name, arguments: given }) => [name, given, readableJson(given)]).map(wellFormed),
  ];
}

type WithWholeCalls = Omit<Interpreted, "calls" | "moreCalls"> & { calls?: WholeCall[] };

function interpret(bytes: ReadBytes, textBytes: number): WithWholeCalls {
  if (bytes.sizeBytes > bytes.head.length) return interpretCut(bytes, textBytes);
  if (bytes.sizeBytes === 0) return { kind: "raw", rawReason: "empty", text: "", cut: false, ...noTime() };
  if (!isUtf8(bytes.head)) return raw("invalid-utf8", displayStart(bytes.head, textBytes));
  const source = bytes.head.toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    return { ...raw("not-json", cutText(source, textBytes)), rawDetail: parseReason(error) };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return raw("other-shape", cutText(source, textBytes));
  }
  // `__proto__` written in JSON becomes an own property; only own ones count.
  const fields = new Map(Object.entries(value));
  // OpenAI's messages say `role` for who speaks.
  const named = fields.has("type") || !fields.has("content") ? "type" : "role";
  const type = fields.get(named);
  const { text, calls } = readSpoken(fields);
  const time = readTimestamp(fields.get("timestamp"));
  const asIs = (reason: RawReason) => ({ ...raw(reason, cutText(source, textBytes)), ...time });
  if (!fields.has("type") && !fields.has("content")) return asIs("other-shape");
  if (typeof type !== "string") return asIs(fields.has("type") ? "type-not-text" : "no-type");
  if (text === null) return asIs(fields.has("content") ? "content-not-text" : "no-content");
  const extra = [...fields.keys()].filter((name) => ![named, "content", "timestamp"].includes(name));
  return {
    ...speaker(type),
    ...cutText(text, textBytes),
    ...time,
    ...(calls.length > 0 ? { calls } : {}),
    ...(extra.length > 0
      ? { extraFields: extra.slice(0, 10).map((name) => wellFormed(name.slice(0, 60))) }
      : {}),
  };
}

/**
 * A message too long to read whole. When it begins as the tutorial writes it (`{"type": …, "content": "…`) the
 * speaker and the start of the text are known all the same, and its last bytes say the time.
 */
function interpretCut(bytes: ReadBytes, textBytes: number): Interpreted {
  const head = startAsUtf8(bytes.head);
  if (head === null) return raw("invalid-utf8", { ...displayStart(bytes.head, textBytes), cut: true });
  const begins = /^\s*\{\s*"type"\s*:\s*("[^"\\]{1,60}")\s*,\s*"content"\s*:\s*"/.exec(head);
  if (!begins) return raw("too-large", { ...cutText(head, textBytes), cut: true });
  const rest = head.slice(begins[0].length);
  // Whole characters and whole escapes up to the closing quote, or as far as the head goes.
  const body = /^(?:[^"\\\x00-\x1f]|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt])*/.exec(
    rest.slice(0, textBytes * 6),
  )?.[0];
  const written = /"timestamp"\s*:\s*"?(\d{1,15}(?:\.\d{1,9})?)"?\s*\}\s*$/.exec(
    bytes.tail.toString("latin1"),
  );
  return {
    ...speaker(JSON.parse(begins[1]!) as string),
    ...cutText(JSON.parse(`"${body ?? ""}"`) as string, textBytes),
    cut: true,
    ...(written ? readTimestamp(written[1]) : { timestampMs: null, timestampNote: "not-read" as const }),
  };
}

function speaker(type: string): Pick<Interpreted, "kind" | "type"> {
  if (type === "human" || type === "ai") return { kind: type };
  return { kind: "other", type: wellFormed(type.slice(0, 60)) };
}

function noTime(): Time {
  return { timestampMs: null };
}

function raw(rawReason: RawReason, text: Pick<Interpreted, "text" | "cut">): Interpreted {
  return { kind: "raw", rawReason, ...text, ...noTime() };
}

/** The start of a text, at most so many bytes of UTF-8, never half a character. */
export function cutText(text: string, maxBytes: number): Pick<Interpreted, "text" | "cut"> {
  // One UTF-16 unit is at least one byte, so this prefix is enough to look at.
  let units = Math.min(text.length, maxBytes);
  if (units < text.length && /[\ud800-\udbff]/.test(text[units - 1] ?? "")) units -= 1;
  const bytes = Buffer.from(wellFormed(text.slice(0, units)), "utf8");
  if (bytes.length <= maxBytes) return { text: bytes.toString("utf8"), cut: units < text.length };
  let end = maxBytes;
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end -= 1;
  return { text: bytes.toString("utf8", 0, end), cut: true };
}

/** Escaped, a byte may take four characters; what a person reads is cut, the bytes are a click away. */
function displayStart(bytes: Buffer, maxBytes: number): Pick<Interpreted, "text" | "cut"> {
  const start = bytes.subarray(0, maxBytes);
  return { text: displayBytes(start), cut: start.length < bytes.length };
}

/** Text of a beginning whose last character may be cut in the middle; null when it is not UTF-8. */
function startAsUtf8(head: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(head, { stream: true });
  } catch {
    return null;
  }
}
