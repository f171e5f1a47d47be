/** Input rules and DTOs of sessions. Safe for the browser, which takes the types only. */
import { z } from "zod";
import type { AppendType } from "../messages/append-message";
import { digest, digits, MAX_POSITION, ref, target, whole } from "./rules";

/** Ten years: longer lives are typing mistakes. */
export const MAX_LIFE_SECONDS = 315_360_000;
export const MAX_KEEP_MESSAGES = 1_000_000;
export const APPEND_TYPES = ["human", "ai", "system", "tool"] as const satisfies readonly AppendType[];
export const MAX_APPEND_CHARACTERS = 100_000;
/** Bytes of a message's text that a page of messages carries; the rest is read by itself. */
export const PAGE_TEXT_BYTES = 10_000;

export const SESSION_SORTS = ["activity", "messages", "bytes", "life", "name"] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];

/** Gone within the hour, without an expiry, of many messages. */
export const SESSION_FILTERS = ["expiring", "endless", "long"] as const;
export type SessionFilter = (typeof SESSION_FILTERS)[number];
export const EXPIRING_MS = 3_600_000;
export const LONG_MESSAGES = 100;

export const listSessionsInput = z.object({
  ref,
  sort: z
    .enum(SESSION_SORTS, { error: `must be one of ${SESSION_SORTS.join(", ")}` })
    .optional()
    .default("activity"),
  filter: z.enum(SESSION_FILTERS, { error: `must be one of ${SESSION_FILTERS.join(", ")}` }).optional(),
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
    have: z.string().max(200, "is longer than any state").optional(),
  })
  .refine((input) => input.before === undefined || input.after === undefined, {
    error: "must not stand together with after: a page has one side",
    path: ["before"],
  });

export const readMessageInput = z.object({
  ref,
  session: ref,
  position: digits(0, MAX_POSITION),
  mark: z
    .string()
    .regex(/^[0-9a-f]{16}$/, "must be 16 hexadecimal digits, as a page of messages gave it")
    .optional(),
});

const lifeSeconds = whole(1, MAX_LIFE_SECONDS);

const messageText = z
  .string()
  .min(1, "must not be empty")
  .max(MAX_APPEND_CHARACTERS, `must have at most ${MAX_APPEND_CHARACTERS} characters`)
  .refine((text) => !/\p{Surrogate}/u.test(text), "holds half of a character pair (a lone surrogate)");

export const appendMessageInput = z.object({
  ...target,
  type: z.enum(APPEND_TYPES, { error: `must be one of ${APPEND_TYPES.join(", ")}` }),
  content: messageText,
  keepMessages: whole(1, MAX_KEEP_MESSAGES).optional(),
  expireSeconds: lifeSeconds.optional(),
});

/** What the reader saw of the list. */
const seen = { length: whole(1, MAX_POSITION), newestDigest: digest, oldestDigest: digest };

export const trimSessionInput = z.object({
  ...target,
  keepMessages: whole(1, MAX_KEEP_MESSAGES),
  /** With it, the trim is refused once the list is another than the one whose messages were shown. */
  seen: z.object(seen).optional(),
});
export const expireSessionInput = z
  .object({
    ...target,
    expireSeconds: lifeSeconds.optional(),
    /** Epoch ms. */
    expireAtMs: whole(1, 99_999_999_999_999).optional(),
  })
  .refine(({ expireSeconds, expireAtMs }) => (expireSeconds === undefined) !== (expireAtMs === undefined), {
    error: "must be given, or expireAtMs, and not both",
    path: ["expireSeconds"],
  });
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
  ...seen,
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
  /** Sessions that pass the filter; null without one, or when there are too many to look at them all. */
  matching: number | null;
  /** Until the next session passes the filter by time alone, ms; null where none will. */
  nextInMs: number | null;
  scannedAtMs: number;
  /** Words are hidden from this operator. */
  masked?: true;
}

export type RawReason =
  | "empty" // no bytes
  | "invalid-utf8"
  | "not-json"
  | "other-shape" // JSON, but no object with type and content
  | "type-not-text"
  | "no-type"
  | "no-content"
  | "content-not-text"
  | "too-large"; // longer than what a page reads, and its beginning does not say what it is

export interface FunctionCall {
  name: string;
  /** As JSON, at most 4 kB. */
  arguments: string;
  cut: boolean;
}

export interface SessionMessage {
  /** Distance from the oldest message: new messages do not change it, trimming does. */
  position: number;
  /** Identity of the bytes; see {@link digestOf}. Twins share it. */
  digest: string;
  /** Names the bytes in an address and tells nothing of them: a keyed hash, of this session alone. */
  mark: string;
  /** Bytes of the stored message; null where they are masked. */
  sizeBytes: number | null;
  kind: "human" | "ai" | "other" | "raw";
  /** The `type` as stored, when it is neither human nor ai. */
  type?: string;
  /** Why it is shown raw. */
  rawReason?: RawReason;
  /** With `not-json`: what the parser said, without the text it stumbled over. */
  rawDetail?: string;
  /** Functions the message asks for, at most ten. */
  calls?: FunctionCall[];
  /** How many more it asks for. */
  moreCalls?: number;
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
