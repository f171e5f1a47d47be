/** Memory use of the store and of one person, the overview's numbers, and the feed. */
import { z } from "zod";
import type { DisputeReason, KeyClass } from "../keys";
import type { Amount, LifeBucket, LimitState, SurveyClass, SurveyStatus } from "../keyspace/survey-schema";

export const noInput = z.object({});

const wholeNumber = (min: number, max: number) => {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z
    .union([z.string().regex(/^\d{1,6}$/, rule), z.number().int(rule)])
    .transform(Number)
    .refine((value) => value >= min && value <= max, rule);
};

export const STORAGE_SORTS = ["size", "key", "life"] as const;
export type StorageSort = (typeof STORAGE_SORTS)[number];
export const STORAGE_PAGE = 100;

export const storageInput = z.object({
  ref: z.string().min(1).max(20_000),
  page: wholeNumber(1, 100_000).default(1),
  sort: z.enum(STORAGE_SORTS, { error: `must be one of ${STORAGE_SORTS.join(", ")}` }).default("size"),
});

export const exactSizeInput = z.object({
  ref: z.string().min(1).max(20_000),
  key: z.string().min(1).max(20_000),
});

export const changesInput = z.object({ limit: wholeNumber(1, 200).default(50) });

/** INFO memory: the whole server, whatever else lives on it. */
export interface ServerMemory {
  usedBytes: number;
  /** What Redis counts as its own: buffers, tables, empty structures. */
  overheadBytes: number;
  datasetBytes: number;
  rssBytes: number;
  peakBytes: number;
  /** null for no limit. */
  maxBytes: number | null;
  evictionPolicy: string;
  /** Resident by used; 1 is ideal, under 1 means swapping. */
  fragmentation: number;
  /** Servers of which these are the sums: more than one in a cluster. */
  primaries: number;
}

export interface IndexShare {
  name: string;
  sizeBytes: number;
  vectorBytes: number;
  documents: number;
}

export interface FoundKeyDto {
  label: string;
  class: SurveyClass;
  type: string;
  sizeBytes: number;
  ttlMs: number | null;
  /** Whose storage page shows it; null for keys of nobody. */
  userRef: string | null;
  userLabel: string | null;
}

export interface AttentionDto<Item> {
  count: number;
  /** The first few people, each with one of the keys and how many more of the same kind there are. */
  items: (Item & { alike: number })[];
}

export interface Overview {
  status: SurveyStatus;
  users: number;
  total: Amount;
  classes: Record<SurveyClass, Amount>;
  /** null where Redis does not let this console ask. */
  memory: ServerMemory | null;
  /** null without a Query Engine. */
  indexBytes: number | null;
  attention: {
    stuck: AttentionDto<FoundKeyDto & { field: string }>;
    disputed: AttentionDto<FoundKeyDto & { reason: DisputeReason }>;
    /** Memories that no semantic search finds: no vector, or one that fits no index. */
    vectors: AttentionDto<FoundKeyDto & { vectorBytes: number }> & { expectedBytes: number[] };
  };
}

export interface UserShare {
  ref: string;
  label: string;
  keys: number;
  sizeBytes: number;
  sessionBytes: number;
  memoryBytes: number;
  state: LimitState | null;
}

export interface Usage {
  status: SurveyStatus;
  users: number;
  total: Amount;
  /** Keys whose size Redis did not tell: they count as 0 bytes. */
  unmeasuredKeys: number;
  classes: Record<SurveyClass, Amount>;
  types: ({ type: string } & Amount)[];
  lives: Record<LifeBucket, Amount>;
  /** Memories by importance 1 … 10. */
  importance: { counts: number[]; other: number };
  biggestKeys: FoundKeyDto[];
  biggestUsers: UserShare[];
  memory: ServerMemory | null;
  indexes: IndexShare[] | null;
}

export interface StorageKey {
  ref: string;
  label: string;
  class: KeyClass;
  dispute: DisputeReason | null;
  type: string;
  /** null when it ended meanwhile, or Redis does not tell. */
  sizeBytes: number | null;
  length: number | null;
  lengthUnit: "messages" | "fields" | "bytes" | "members" | "entries" | null;
  /** When it ends, epoch ms by the console's clock; null for a key without an end. */
  endsAtMs: number | null;
}

export interface UserStorage {
  total: number;
  /** False when numbers are "at least": more keys than are listed or measured. */
  complete: boolean;
  sizeBytes: number;
  classes: Record<KeyClass, Amount>;
  page: number;
  pages: number;
  keys: StorageKey[];
  scannedAtMs: number;
  /** Names are replaced, and no size is exact. */
  masked?: true;
}

export interface ExactSize {
  sizeBytes: number;
  tookMs: number;
}

export interface UsageSamples {
  /** Oldest first, at most one in five minutes. */
  samples: { atMs: number; users: number; keys: number; sizeBytes: Record<SurveyClass, number> }[];
}
