/** Input of what is done to memories beside writing them: lives, categories, repairs, merges, many at once. */
import { z } from "zod";
import { categoryProblem, IMPORTANCE_MAX, IMPORTANCE_MIN, MAX_CHOSEN, MAX_MERGED } from "./rules";
import { listInput } from "./schema";

const ref = z
  .string({ error: "is missing" })
  .min(1, "is missing")
  .max(8_192, "is too long to be a reference");
const version = z.string().regex(/^[0-9a-f]{40}$/, "must be the version that the read gave");

const category = z.string({ error: "must be a text" }).superRefine((value, context) => {
  const message = categoryProblem(value);
  if (message) context.addIssue({ code: "custom", message });
});

function whole(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z.number({ error: rule }).int(rule).min(min, rule).max(max, rule);
}

/** The year 2200: later ends are typing mistakes. */
const LATEST_MS = Date.UTC(2200, 0, 1);
const TEN_YEARS_S = 315_360_000;

const expireSeconds = whole(1, TEN_YEARS_S);
const expireAtMs = whole(1, LATEST_MS);

/** One of the two, or neither: then it lives until somebody deletes it. */
export const lifeInput = z
  .object({ ref, memory: ref, expireSeconds: expireSeconds.optional(), expireAtMs: expireAtMs.optional() })
  .refine((life) => life.expireSeconds === undefined || life.expireAtMs === undefined, {
    error: "must be so long from now or until a time, not both",
    path: ["expireAtMs"],
  });

export const moveInput = z.object({ ref, memory: ref, version: version.optional(), category });

export const repairInput = z.object({
  ref,
  memory: ref,
  version,
  repair: z.enum(["user_id", "seconds", "timestamp"], { error: "must be user_id, seconds or timestamp" }),
  timestampSeconds: whole(0, LATEST_MS / 1_000).optional(),
});

export const undoMemoriesInput = z.object({
  ref,
  undo: z.string().regex(/^[A-Za-z0-9_-]{22}$/, "must be the name that the change was answered with"),
});

const THRESHOLD_RULE = "must be a cosine from 0.5 to 1, such as 0.95";

export const duplicatesInput = z.object({
  ref,
  threshold: z
    .string({ error: THRESHOLD_RULE })
    .regex(/^(0\.\d{1,4}|1(\.0{1,4})?)$/, THRESHOLD_RULE)
    .transform(Number)
    .refine((value) => value >= 0.5, THRESHOLD_RULE)
    .optional(),
});

const seen = z.object({ memory: ref, version });

export const mergeInput = z.object({
  ref,
  keep: seen,
  drop: z
    .array(seen)
    .min(1, "must name at least one memory")
    .max(MAX_MERGED, `at most ${MAX_MERGED} at once`),
});

const filter = listInput.pick({
  category: true,
  minImportance: true,
  maxImportance: true,
  since: true,
  until: true,
  text: true,
  notIndexed: true,
  withLife: true,
});

const change = z.discriminatedUnion("what", [
  z.object({ what: z.literal("importance"), importance: whole(IMPORTANCE_MIN, IMPORTANCE_MAX) }),
  z.object({ what: z.literal("category"), category }),
  z.object({ what: z.literal("life"), expireAtMs: expireAtMs.nullable() }),
  z.object({ what: z.literal("delete") }),
]);

/** Memories by reference, or all that pass a filter when it is done. */
export const bulkInput = z.object({
  ref,
  scope: z.union([
    z.object({
      memories: z.array(ref).min(1, "must name at least one memory").max(MAX_CHOSEN, `at most ${MAX_CHOSEN}`),
    }),
    z.object({ filter }),
  ]),
  change,
});

export const bulkOrderInput = z.object({
  ref,
  order: z.enum(["pause", "resume", "cancel"], { error: "must be pause, resume or cancel" }),
});

export type LifeInput = z.input<typeof lifeInput>;
export type MoveInput = z.input<typeof moveInput>;
export type RepairInput = z.input<typeof repairInput>;
export type MergeInput = z.input<typeof mergeInput>;
export type BulkInput = z.input<typeof bulkInput>;
export type BulkOrder = z.input<typeof bulkOrderInput>["order"];
