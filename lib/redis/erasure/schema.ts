/** Input and DTOs of erasure; safe for the browser. */
import { z } from "zod";

/** What is erased, by class. `disputed` are keys in doubt that a person ticked; `console` is the console's own state. */
export const ERASURE_CLASSES = ["sessions", "rate-limits", "memories", "disputed", "console"] as const;
export type ErasureClass = (typeof ERASURE_CLASSES)[number];
export type ClassCounts = Record<ErasureClass, number>;

/** Why a key's owner is in doubt; see keys.ts. */
export type Dispute = "outside-grammar" | "wrong-type" | "other-owner" | "other-form";

/** More disputed keys than this cannot be ticked in one run. */
export const MAX_INCLUDED = 500;

export const userInput = z.object({ ref: z.string().min(1, "must be the reference of a user") });

/** Why a person's data may have to go: the letters of Art. 17(1) GDPR. */
export const ERASURE_GROUNDS = ["a", "b", "c", "d", "e", "f"] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

export const TICKET_MAX_CHARS = 64;
const TICKET_RULE = `must be the reference of the request, at most ${TICKET_MAX_CHARS} characters, for example DSR-2026-014`;

export const startErasureInput = z.object({
  ref: z.string().min(1, "must be the reference of a user"),
  typedId: z.string().max(200_000, "is longer than any id"),
  ground: z.enum(ERASURE_GROUNDS, { error: "must be a letter of Art. 17(1), a to f" }),
  /** Where the request is kept. It goes into the audit log, so it must not say whose it is. */
  ticket: z
    .string({ error: TICKET_RULE })
    .trim()
    .min(1, TICKET_RULE)
    .max(TICKET_MAX_CHARS, TICKET_RULE)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]*$/u, "must not hold invisible characters"),
  /** References of disputed keys to erase too. */
  includeRefs: z
    .array(z.string())
    .max(MAX_INCLUDED, `must name at most ${MAX_INCLUDED} disputed keys; erase the rest in a second run`),
});

export type StartErasureInput = z.output<typeof startErasureInput>;

export interface KeySample {
  /** Key name as text to show; see lib/bytes. */
  display: string;
  /** Approximate, null when this Redis user may not ask. */
  sizeBytes: number | null;
  /** Remaining life, null without one. */
  ttlMs: number | null;
}

export interface ClassHolding {
  class: ErasureClass;
  keys: number;
  /** Approximate sum, of the keys that were weighed. */
  sizeBytes: number | null;
  withLife: number;
  withoutLife: number;
  /** Memories that do not say whose they are; their name alone does. */
  withoutUserId: number;
  samples: KeySample[];
}

export interface DisputedKey extends KeySample {
  keyRef: string;
  /** As TYPE answers. */
  type: string;
  reason: Dispute;
  /** The other person that name or field speaks of, as text to show. */
  otherUser: string | null;
  /** How it was found: its name lies under the person's, or only an index knows it. */
  foundBy: "name" | "index";
}

export interface Twin {
  /** Another person whose keys lie under the same prefix: they stay. */
  userRef: string;
  display: string;
  keys: number;
}

export interface ErasurePreview {
  /** The id as text to show and to type. */
  user: string;
  /** Epoch ms of the walk's start. */
  checkedAtMs: number;
  tookMs: number;
  /** False when there were too many keys to count: then counts are "at least". */
  complete: boolean;
  /** How many keys were weighed; beyond that sums of bytes are "at least". */
  weighedKeys: number;
  /** Classes that hold something, console state last. */
  holdings: ClassHolding[];
  /** Keys in the assistant's store that would go. */
  keys: number;
  sizeBytes: number | null;
  disputed: { total: number; items: DisputedKey[] };
  twins: { total: number; items: Twin[] };
  /** Documents of this person that indexes know, null without Query Engine or index. */
  indexedDocuments: number | null;
  /** False when there may be more. */
  indexedComplete: boolean;
  /** A keyed hash over the names of all owned keys. */
  planDigest: string;
  /** Names are hidden from the one who asked, who can then erase nothing: the id must be typed as shown. */
  masked?: true;
}

/**
 * `verified`: two passes found nothing and nothing in doubt is left. `partial`: what was plainly the person's is gone,
 * but disputed keys remain or something keeps writing. `unknown`: an answer was lost, or the run stopped without
 * a word. `failed`: Redis refused.
 */
export type RunStatus = "running" | "verified" | "partial" | "unknown" | "failed";

export interface ErasureProgress {
  phase: "counting" | "erasing" | "verifying";
  erased: ClassCounts;
  /** Keys that were counted and then ended their life on their own. */
  expiredMeanwhile: number;
  /** Walks over the keyspace that were completed. */
  passes: number;
  /** The last walks in a row that found nothing. Two are needed. */
  emptyPasses: number;
  keysPerSecond: number;
}

/** One run, as kept in the console's state: no id, no key name, no content. */
export interface ErasureRun extends ErasureProgress {
  runId: string;
  status: RunStatus;
  /** The run stopped without a word: its server process ended, or could not reach Redis. */
  interrupted: boolean;
  /** Operator's id; the name and the role as they were then. */
  startedBy: string;
  startedByName: string;
  role: string;
  /** Of the request that started it: the audit log's entries of the run carry it too. */
  requestId: string;
  /** As the audit log says them: the legal ground, and where the request is kept. */
  ground: string;
  ticket: string;
  startedAtMs: number;
  finishedAtMs: number | null;
  /** What was counted before the first key went. */
  planned: ClassCounts | null;
  planDigest: string | null;
  disputedLeft: Partial<Record<Dispute, number>>;
  /** Keys that came back faster than they were erased. */
  stillWritten: ClassCounts | null;
  /** Documents that an index still finds for this person, null when none could be asked to the end. */
  indexedLeft: number | null;
  /** For unknown and failed: what happened, in one sentence. */
  reason: string | null;
  /** The error's code, where one stopped it. */
  code: string | null;
}

export interface StartedErasure {
  run: ErasureRun;
  /** False when one was running already: then `run` is that one. */
  started: boolean;
}

export interface ErasureRunState {
  run: ErasureRun | null;
  readAtMs: number;
}
