/** Input rules and DTOs of finding one's way in sessions: words, times, one message, and a person's timeline. */
import { z } from "zod";
import { digits, MAX_POSITION, ref, target, whole } from "./rules";

export const MAX_FIND_CHARACTERS = 200;
/** Fewer letters would be found nearly everywhere. For masked readers, they would also spell a text out. */
export const MIN_MASKED_FIND_CHARACTERS = 3;

/** Epoch ms in an address: thirteen digits and more do not fit the rule for positions. */
const epochMs = z
  .string()
  .regex(/^\d{1,14}$/, "must be a time in epoch milliseconds")
  .transform(Number);

export const findMessagesInput = z.object({
  ...target,
  words: z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(MAX_FIND_CHARACTERS, `must have at most ${MAX_FIND_CHARACTERS} characters`),
  from: whole(0, MAX_POSITION).optional(),
  before: whole(0, MAX_POSITION).optional(),
  listMark: z
    .string()
    .regex(/^\d{1,9}-[0-9a-f]{16}$/, "must be what an earlier answer gave as listMark")
    .optional(),
});

export const findDateInput = z.object({ ...target, at: epochMs });

export const locateMessageInput = z.object({
  ...target,
  position: digits(0, MAX_POSITION),
  /** Marks of messages that stood one after the other, oldest first, with commas between. */
  marks: z
    .string()
    .regex(/^[0-9a-f]{16}(,[0-9a-f]{16}){0,4}$/, "must be one to five marks with commas between"),
  /** Only around the position: for what is known to be there, if it is anywhere. */
  near: z.literal("1", { error: "must be 1" }).optional(),
});

export const sessionStripInput = z.object({ ref });

/** What a search over stored messages found, so far. */
export interface FoundMessages {
  /** Positions of the messages that hold the words, oldest first; empty where messages are masked. */
  positions: number[];
  /** How many hold them, of those looked at. */
  total: number;
  /** Messages before this position were not searched: it goes on with that as `before`. null: all were. */
  next: number | null;
  /** LLEN. */
  length: number;
  /**
   * The place that was the list's end when the look began at its newest message, and what the list was before it:
   * while that stays, so do positions before it, and messages from there on are new.
   */
  listMark: string;
  /** Messages of which only the beginning was searched, because they are longer than that. */
  cutMessages: number;
  /** Messages were removed since the earlier answer, which is worth nothing now: this one is the first again. */
  anew?: true;
  masked?: true;
}

/** Where in a session a time is. */
export interface FoundDate {
  /** The first message of that time or later; null when no message that was looked at has a time. */
  position: number | null;
  timestampMs: number | null;
  /** Times are missing or out of order around there. */
  about: boolean;
  /** Every message is earlier: the newest one is given. */
  afterAll: boolean;
  length: number;
}

/** Where a message stands now. */
export interface LocatedMessage {
  /** null when it was not found. */
  position: number | null;
  length: number;
  /** All messages were looked at, and none is it: it was trimmed away or deleted. */
  everywhere: boolean;
}

/** Times of one session's messages. */
export interface SessionTimes {
  ref: string;
  label: string;
  messages: number;
  /** Epoch ms, ascending, within {@link SessionStrip.fromMs} and now. */
  timesMs: number[];
  /** Not every message was looked at. */
  sampled: boolean;
}

/** When a person talked, session by session. */
export interface SessionStrip {
  nowMs: number;
  fromMs: number;
  /** Those with a message in this time, the latest first. */
  sessions: SessionTimes[];
  /** Sessions that were looked at, of all. */
  looked: number;
  total: number;
  complete: boolean;
  masked?: true;
}
