/** Input of the memories' reads and actions, and the shapes they answer with. */
import { z } from "zod";
import {
  categoryProblem,
  contentProblem,
  IMPORTANCE_MAX,
  IMPORTANCE_MIN,
  MEMORY_SORTS,
  PAGE_SIZE,
} from "./rules";

const ref = z
  .string({ error: "is missing" })
  .min(1, "is missing")
  .max(8_192, "is too long to be a reference");

/** A whole number in the address: `1e309`, `` and ` 3` are refused. */
function wholeText(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z
    .string({ error: rule })
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine((value) => value >= min && value <= max, rule);
}

const DAY_RULE = "must be a day such as 2026-03-04";

/** A day in the address → epoch ms of its first moment, UTC. */
const day = z
  .string({ error: DAY_RULE })
  .regex(/^\d{4}-\d{2}-\d{2}$/, DAY_RULE)
  .transform((value, context) => {
    const ms = Date.parse(`${value}T00:00:00Z`);
    // 2026-02-31 is taken for 3 March by some engines.
    if (Number.isFinite(ms) && new Date(ms).toISOString().startsWith(value)) return ms;
    context.addIssue({ code: "custom", message: DAY_RULE });
    return z.NEVER;
  });

const importanceText = wholeText(IMPORTANCE_MIN, IMPORTANCE_MAX);

export const listInput = z.object({
  ref,
  /** As shown: printable UTF-8, other bytes as \xNN. */
  category: z.string().min(1, "must not be empty").max(1_024, "is too long").optional(),
  minImportance: importanceText.optional(),
  maxImportance: importanceText.optional(),
  /** First and last day of the memory's timestamp, UTC, both included. */
  since: day.optional(),
  until: day.optional(),
  text: z.string().min(1, "must not be empty").max(200, "must be at most 200 characters").optional(),
  notIndexed: z.enum(["1"], { error: "must be 1 or left out" }).optional(),
  withLife: z.enum(["1"], { error: "must be 1 or left out" }).optional(),
  sort: z.enum(MEMORY_SORTS, { error: `must be one of ${MEMORY_SORTS.join(", ")}` }).default("importance"),
  /** How many are before the page; as an answer's `nextCursor` gives it. */
  cursor: wholeText(0, 1_000_000).optional(),
  limit: wholeText(1, PAGE_SIZE).optional(),
});

export const oneInput = z.object({ ref, memory: ref });
export const ofUserInput = z.object({ ref });

function checked(problem: (value: string) => string | null) {
  return z.string({ error: "must be a text" }).superRefine((value, context) => {
    const message = problem(value);
    if (message) context.addIssue({ code: "custom", message });
  });
}

const importance = z
  .number({ error: `must be a whole number from ${IMPORTANCE_MIN} to ${IMPORTANCE_MAX}` })
  .int(`must be a whole number from ${IMPORTANCE_MIN} to ${IMPORTANCE_MAX}`)
  .min(IMPORTANCE_MIN, `must be at least ${IMPORTANCE_MIN}`)
  .max(IMPORTANCE_MAX, `must be at most ${IMPORTANCE_MAX}`);

/**
 * `embed` writes the text with its vector, and is refused when the vector would not fit the index. `drop` writes
 * the text without one: the memory is then found by words only.
 */
const embeddingPolicy = z.enum(["embed", "drop"], { error: "must be embed or drop" });

export const createInput = z.object({
  ref,
  category: checked(categoryProblem),
  content: checked(contentProblem),
  importance,
  embeddingPolicy: embeddingPolicy.default("embed"),
});

const version = z.string().regex(/^[0-9a-f]{40}$/, "must be the version that the read gave");

export const updateInput = z.object({
  ref,
  memory: ref,
  /** From the read that the edit is based on. */
  version,
  content: checked(contentProblem).optional(),
  importance: importance.optional(),
  embeddingPolicy: embeddingPolicy.default("embed"),
  /** Embed again although the text is the same: for a memory whose vector is missing or wrong. */
  embedAgain: z.boolean().default(false),
});

/** With `version` it is deleted only while it is what was read. */
export const deleteInput = z.object({ ref, memory: ref, version: version.optional() });

export type ListMemoriesInput = z.output<typeof listInput>;
/** The list's parameters as they stand in an address, and the text in its fragment. */
export type MemoryFilters = Omit<z.input<typeof listInput>, "ref">;
export type CreateMemoryInput = z.input<typeof createInput>;
export type UpdateMemoryInput = z.input<typeof updateInput>;
export type DeleteMemoryInput = z.input<typeof deleteInput>;
