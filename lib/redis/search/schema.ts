import { z } from "zod";
import { BYTE_ORDERS, PASTED_MAX_CHARS, QUERY_MAX_CHARS, TIME_MAX } from "../recall/rules";
import { recallSettings } from "../recall/schema";

const ref = z.string().min(1, "must not be empty").max(8_192, "is too long to be a reference");

function number(min: number, max: number) {
  const rule = `must be a number from ${min} to ${max}`;
  return z.number({ error: rule }).min(min, rule).max(max, rule).nullish();
}

export const searchInput = recallSettings.extend({
  /** One person, by reference … */
  userRef: ref.nullish(),
  /** … or by the id as typed. */
  userTyped: z.string().max(8_192, "is too long to be an id").nullish(),
  query: z.string().max(QUERY_MAX_CHARS, `must be at most ${QUERY_MAX_CHARS} characters`).default(""),
  /** A pasted vector: numbers, hex or redis-cli escapes. */
  vector: z.string().max(PASTED_MAX_CHARS, "is too long to be a vector").nullish(),
  byteOrder: z.enum(BYTE_ORDERS, { error: `must be one of ${BYTE_ORDERS.join(", ")}` }).default("little"),
  minImportance: number(-1e9, 1e9),
  maxImportance: number(-1e9, 1e9),
  /** Unix seconds, both included. */
  since: number(0, TIME_MAX),
  until: number(0, TIME_MAX),
  /** As shown: printable UTF-8, other bytes as \xNN. */
  category: z.string().max(1_024, "is too long").nullish(),
});

/** A memory somebody expected, of the person that `userRef` names. */
export const whyInput = searchInput.extend({ userRef: ref, memoryRef: ref });

export const vectorSetsInput = searchInput
  .pick({ query: true, vector: true, byteOrder: true, k: true })
  .extend({
    userRef: ref,
  });

export type WhyInput = z.input<typeof whyInput>;
export type VectorSetsInput = z.input<typeof vectorSetsInput>;
export type SearchInput = z.input<typeof searchInput>;

export const setupInput = z.object({ user: ref.optional() });
