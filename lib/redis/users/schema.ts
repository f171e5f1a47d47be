/** The directory of people and the head of one person's pages. */
import { z } from "zod";
import type { KeyClass } from "../keys";
import type { Amount, LimitState, SurveyStatus } from "../keyspace/survey-schema";

export const USER_SORTS = ["last-activity", "bytes", "memories", "sessions", "id"] as const;
export type UserSort = (typeof USER_SORTS)[number];
export type SortDirection = "asc" | "desc";

export const PAGE_LIMIT = 50;

export const listUsersInput = z.object({
  /** Part of an id as a person types it; `\xNN` names a byte. */
  query: z.string().max(2_000, "must be at most 2,000 characters").default(""),
  sort: z.enum(USER_SORTS, { error: `must be one of ${USER_SORTS.join(", ")}` }).default("last-activity"),
  /** Left out: largest and latest first, ids from a to z. */
  direction: z.enum(["asc", "desc"], { error: "must be asc or desc" }).optional(),
  cursor: z
    .string()
    .max(20_000)
    .regex(/^[\w-]+$/, "must be a cursor that an earlier page gave")
    .optional(),
  limit: z
    .union([z.string().regex(/^\d{1,3}$/, "must be a whole number from 1 to 100"), z.number().int()])
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 100, "must be a whole number from 1 to 100")
    .default(PAGE_LIMIT),
});
export type ListUsersInput = z.output<typeof listUsersInput>;

export const userInput = z.object({ ref: z.string().min(1).max(20_000) });

/** The id's bytes as latin1 text: one character a byte. */
export const userByIdInput = z.object({
  id: z.string().min(1, "must not be empty").max(4_096, "must be at most 4,096 bytes"),
});

/** A whole id as a person types it; `\xNN` names a byte. */
export const typedIdInput = z.object({
  typed: z.string().min(1, "must not be empty").max(4_096, "must be at most 4,096 characters"),
});

export interface UserRow {
  ref: string;
  /** The id as shown, or a pseudonym. */
  label: string;
  keys: number;
  /** MEMORY USAGE with its default samples: approximate. */
  sizeBytes: number;
  sessions: number;
  memories: number;
  disputed: number;
  state: LimitState | null;
  lastActivityMs: number | null;
  /** Redis keeps when a counter's window began, and not when the last request came: that was then or later. */
  isActivityOrLater: boolean;
}

export interface UserList {
  users: UserRow[];
  /** People in the directory, and those that the query matches. */
  total: number;
  matching: number;
  /** Position of the first row among the matching, from 0. */
  from: number;
  previousCursor: string | null;
  nextCursor: string | null;
  /** What was typed, taken as a whole id; null where nothing was typed. */
  exact: { ref: string; label: string; listed: boolean } | null;
  /** Some of these are shown by a pseudonym. */
  masked?: true;
  status: SurveyStatus;
}

export interface UserName {
  /** The id as shown, or a pseudonym. */
  label: string;
  masked?: true;
}

export interface UserHead {
  ref: string;
  /** The id as shown, or a pseudonym. */
  label: string;
  /** Is there any key of this person now? */
  exists: boolean;
  keys: number;
  sizeBytes: number;
  classes: Record<KeyClass, Amount>;
  lastActivityMs: number | null;
  /** Redis keeps when a counter's window began, and not when the last request came: that was then or later. */
  isActivityOrLater: boolean;
  /** False when there are more keys than are measured: then numbers are "at least". */
  complete: boolean;
  /** Epoch ms of the walk that found the keys. */
  scannedAtMs: number;
  masked?: true;
}
