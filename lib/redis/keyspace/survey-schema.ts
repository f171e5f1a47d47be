/** What a survey of the keyspace tells, in shapes that are safe for the browser. */
import type { ErrorDto } from "../../errors";
import type { KeyClass } from "../keys";

/** The classes of people's keys, and `other` for keys outside of the prefix. */
export type SurveyClass = KeyClass | "other";

export interface Amount {
  keys: number;
  /** Sum of MEMORY USAGE, which samples nested values: approximate. */
  sizeBytes: number;
}

export const LIFE_BUCKETS = ["none", "under-hour", "under-day", "under-month", "longer"] as const;
/** How long keys still live; `none` is for ever. */
export type LifeBucket = (typeof LIFE_BUCKETS)[number];

/** Where a person's counters stand: refused now, or refused for ever by a counter without a life. */
export type LimitState = "blocked" | "stuck";

/** How far the numbers beside it can be trusted. */
export interface SurveyStatus {
  /** `partial` while the very first walk is under way: every count is then "at least". */
  completeness: "none" | "partial" | "complete";
  /** Epoch ms of the walk that the numbers come from. */
  startedAtMs: number | null;
  finishedAtMs: number | null;
  durationMs: number | null;
  /** A walk under way. `totalKeys` is DBSIZE, null where Redis does not tell. */
  running: { startedAtMs: number; keysSeen: number; totalKeys: number | null } | null;
  /** Why the last walk, or the last look at Redis, failed. The numbers are older. */
  failure: ErrorDto | null;
  /** Redis reports changes as they happen; without that, numbers are re-read by age. */
  watched: boolean;
  /** More people than the directory holds; the rest is counted in the totals alone. */
  usersCapped: boolean;
  /** What was walked. */
  scope: { clusterNode: boolean; database: number };
  nowMs: number;
}

/** A failed walk that is worth a word of its own: that Redis is away, the shell says on every page. */
export function walkFailure({ failure }: SurveyStatus): ErrorDto | null {
  const away = failure?.code === "store_unreachable" || failure?.code === "store_timeout";
  return away ? null : failure;
}
