import { z } from "zod";
import type { AuditEntry, AuditOutcome } from "../audit-chain/entry";
import type { MirrorState } from "../audit-chain/mirror";

export const OUTCOMES = ["intent", "ok", "refused", "failed", "unknown"] as const satisfies AuditOutcome[];

/** A minute in UTC, as a `datetime-local` field writes it. */
const minute = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "must be a minute in UTC, for example 2026-01-31T14:05")
  // Date takes 31 February for 3 March.
  .refine((text) => {
    const ms = Date.parse(`${text}Z`);
    return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
  }, "must be a minute that exists");

/**
 * Which entries. A person stands here as the subject hash of the log itself: the id is typed into a POST (see
 * {@link subjectInput}) and never stands in an address, and whoever reads the address learns no more than from
 * the log.
 */
export const listEntriesInput = z.object({
  from: minute.optional(),
  /** Entries of that minute included. */
  to: minute.optional(),
  operator: z.string().min(1).max(100).optional(),
  action: z.string().min(1).max(100).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  subject: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, "must be a subject as the log writes it")
    .optional(),
  /** Go on with entries before this sequence. */
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
});
export type ListEntriesInput = z.output<typeof listEntriesInput>;

/** An id as somebody typed it, `\xNN` understood. */
export const subjectInput = z.object({
  typed: z.string().min(1, "must not be empty").max(4_096, "must have at most 4,096 characters"),
});

/** The last sequence of an export, as its plan said. */
export const exportInput = z.object({
  to: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
});

export interface AuditSubject {
  subject: string;
  /** `person-7k2m9q` */
  pseudonym: string;
}

export interface AuditRow extends Omit<AuditEntry, "v"> {
  /** The operator's name; null for those who are none, or are not in this store. */
  operatorName: string | null;
  pseudonym: string | null;
  /** Of an intent: how it ended. Null: no outcome was found. */
  ending: { seq: number; outcome: AuditOutcome } | null;
  /** Why this entry is not as the console wrote it; null when it is. */
  wrong: string | null;
}

/** A line in Redis that is no entry: somebody put it there. */
export interface BrokenRow {
  seq: number;
  broken: true;
}

export interface AuditPage {
  rows: (AuditRow | BrokenRow)[];
  /** Whose entries are searched. */
  scope: "all" | "own";
  /** Goes on with older ones; null at the oldest that is kept (or that `from` allows). */
  nextBefore: number | null;
  /** The search stopped here for now: `rows` may be few, or none, although there are more. */
  searchedTo: { seq: number; timeMs: number } | null;
  /** Sequences that are kept in Redis; null when nothing was ever written. */
  kept: { firstSeq: number; lastSeq: number } | null;
}

export interface AuditChoices {
  operators: { id: string; name: string; disabled: boolean }[];
}

/** A problem of the chain; see lib/redis/audit-chain/problems.ts. */
export interface ChainProblem {
  seq: number;
  to?: number;
  kind: string;
  note: string;
}

export interface ChainState {
  /** `unchecked` until the first check is over; `unreadable`: Redis could not be asked. */
  verdict: "intact" | "broken" | "unchecked" | "unreadable";
  /** Entries that were checked last time. */
  entries: number;
  /** The end that was compared with, for noting down; null before the first entry. */
  head: { seq: number; hash: string } | null;
  /** The last archived entry; null when nothing was archived. */
  base: { seq: number; hash: string } | null;
  checkedAtMs: number | null;
  durationMs: number | null;
  running: { seen: number; total: number } | null;
  problems: ChainProblem[];
  moreProblems: number;
  /** Why it could not be read, or what is wrong with the head. */
  message: string | null;
  mirror: MirrorState;
}

/** What an export will hold, and how to check it elsewhere. */
export interface ExportPlan {
  entries: number;
  fileName: string;
  head: { seq: number; hash: string };
  base: { seq: number; hash: string } | null;
}
