/** Input rules and DTOs of sessions. Safe for the browser, which takes the types only. */
import { z } from "zod";

/** Ten years: longer lives are typing mistakes. */
export const MAX_LIFE_SECONDS = 315_360_000;
export const MAX_KEEP_MESSAGES = 1_000_000;
export const MAX_APPEND_CHARACTERS = 100_000;
/** Bytes of a message's text that a page of messages carries; the rest is read by itself. */
export const PAGE_TEXT_BYTES = 10_000;

const MAX_POSITION = 999_999_999;
const ref = z.string().min(1, "must name something, it is empty").max(8_192, "is longer than any reference");

/** A whole number as an address carries it. `""`, `1e3`, `-0` and `007` with a sign are refused. */
function digits(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine((value) => value >= min && value <= max, rule);
}

function whole(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z.number({ error: rule }).int(rule).min(min, rule).max(max, rule);
}

const digest = z.string().regex(/^[0-9a-f]{40}$/, "must be 40 hexadecimal digits, as the reader was given");

export const SESSION_SORTS = ["activity", "messages", "bytes", "life", "name"] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];

export const listSessionsInput = z.object({
  ref,
  sort: z
    .enum(SESSION_SORTS, { error: `must be one of ${SESSION_SORTS.join(", ")}` })
    .optional()
    .default("activity"),
  limit: digits(1, 200).optional(),
  cursor: digits(0, 100_000).optional(),
});

export const readMessagesInput = z
  .object({
    ref,
    session: ref,
    before: digits(0, MAX_POSITION).optional(),
    after: digits(0, MAX_POSITION).optional(),
    limit: digits(1, 100).optional(),
    have: z.string().max(120, "is longer than any state").optional(),
  })
  .refine((input) => input.before === undefined || input.after === undefined, {
    error: "must not stand together with after: a page has one side",
    path: ["before"],
  });

export const readMessageInput = z.object({
  ref,
  session: ref,
  position: digits(0, MAX_POSITION),
  digest: digest.optional(),
});

const target = { ref, session: ref };
const lifeSeconds = whole(1, MAX_LIFE_SECONDS);

const messageText = z
  .string()
  .min(1, "must not be empty")
  .max(MAX_APPEND_CHARACTERS, `must have at most ${MAX_APPEND_CHARACTERS} characters`)
  .refine((text) => !/\p{Surrogate}/u.test(text), "holds half of a character pair (a lone surrogate)");

export const appendMessageInput = z.object({
  ...target,
  type: z.enum(["human", "ai"], { error: "must be human or ai" }),
  content: messageText,
  keepMessages: whole(1, MAX_KEEP_MESSAGES).optional(),
  expireSeconds: lifeSeconds.optional(),
});

export const trimSessionInput = z.object({ ...target, keepMessages: whole(1, MAX_KEEP_MESSAGES) });
export const expireSessionInput = z.object({ ...target, expireSeconds: lifeSeconds });
export const sessionInput = z.object(target);
export const sessionSizeInput = z.object({
  ...target,
  exact: z.enum(["0", "1"], { error: "must be 0 or 1" }).optional(),
});

/** What the reader saw: the delete happens only when the list is still like this. */
export const deleteMessageInput = z.object({
  ...target,
  position: whole(0, MAX_POSITION),
  digest,
  length: whole(1, MAX_POSITION),
  newestDigest: digest,
  oldestDigest: digest,
});

/** One session in the list. */
export interface SessionSummary {
  ref: string;
  /** The session's name as a person reads it. */
  label: string;
  messages: number;
  /** MEMORY USAGE with its default sampling: approximate. null when Redis does not let this console ask. */
  sizeBytes: number | null;
  /** PTTL: -1 has no expiry. Counts from {@link SessionList.nowMs}. */
  ttlMs: number;
  /** Start of the oldest message a person wrote (of the oldest messages looked at), else of the oldest one. */
  firstWords: string | null;
  /** Does {@link firstWords} come from a human message? */
  firstWordsHuman: boolean;
  /** Time of the newest message that has one (of the newest looked at), epoch ms. */
  lastActivityMs: number | null;
  /** The same of the oldest. */
  oldestMs: number | null;
}

export interface SessionList {
  /** Epoch ms when this was read: lives count from here. */
  nowMs: number;
  sessions: SessionSummary[];
  /** All sessions of this person. */
  total: number;
  /** False: the person has more keys than one look takes; {@link total} is "at least". */
  complete: boolean;
  /** The order in force: `name` when there are too many sessions to compare them all. */
  sortedBy: SessionSort;
  /** Keys with a session's name that are no session (another type of value). */
  disputed: number;
  cursor: string | null;
  scannedAtMs: number;
  /** Words are hidden from this operator. */
  masked?: true;
}

export type RawReason =
  | "empty" // no bytes
  | "invalid-utf8"
  | "not-json"
  | "other-shape" // JSON, but no object with type and content
  | "no-type"
  | "no-content"
  | "content-not-text"
  | "too-large"; // longer than what a page reads, and its beginning does not say what it is

export interface SessionMessage {
  /** Distance from the oldest message: new messages do not change it, trimming does. */
  position: number;
  /** Identity of the bytes; see {@link digestOf}. Twins share it. */
  digest: string;
  /** Bytes of the stored message; null where they are masked. */
  sizeBytes: number | null;
  kind: "human" | "ai" | "other" | "raw";
  /** The `type` as stored, when it is neither human nor ai. */
  type?: string;
  /** Why it is shown raw. */
  rawReason?: RawReason;
  /** The content, or the raw bytes as text; at most 10 kB. */
  text: string;
  /** The text is longer than what is here. */
  cut: boolean;
  /** Epoch ms, null when the message has none that is a time. */
  timestampMs: number | null;
  timestampNote?: "milliseconds" | "missing" | "not-a-time" | "not-read";
  /** Names of further fields, at most ten. */
  extraFields?: string[];
  masked?: true;
}

/** State of the list when it was read, and a page of it, oldest first. */
export interface MessagePage {
  /** The session's name as a person reads it. */
  label: string;
  nowMs: number;
  /** LLEN. */
  length: number;
  ttlMs: number;
  /** Approximate MEMORY USAGE; null when Redis does not let this console ask. */
  sizeBytes: number | null;
  newestDigest: string;
  oldestDigest: string;
  /** The command that reads the whole list, as redis-cli understands it; null where the key is masked. */
  command: string | null;
  /** Names this state of the list; sent back as `have`, an unchanged list answers without messages. */
  state: string;
  unchanged: boolean;
  messages: SessionMessage[];
  masked?: true;
}

export interface WholeMessage {
  position: number;
  digest: string;
  /** null where it is masked; text and hex are empty then. */
  sizeBytes: number | null;
  utf8: boolean;
  /** At most 1 MB. */
  text: string;
  textCut: boolean;
  /** Hexadecimal digits of at most the first 64 kB. */
  hex: string;
  hexCut: boolean;
  /** What the page of messages says about it. */
  message: SessionMessage;
  masked?: true;
}

export interface SessionSize {
  sizeBytes: number;
  exact: boolean;
}

export interface SessionLife {
  nowMs: number;
  /** PTTL: -1 has no expiry. */
  ttlMs: number;
}

export interface TrimResult {
  removed: number;
  length: number;
}

export interface AppendResult extends SessionLife {
  length: number;
  /** The session did not exist before. */
  created: boolean;
}

export interface DeleteMessageResult {
  length: number;
  /** It was the last message: an empty list does not exist in Redis. */
  sessionGone: boolean;
}

export interface DeleteSessionResult {
  messages: number;
  /** False: an assistant wrote it anew in the moment it was deleted. */
  verifiedGone: boolean;
}
