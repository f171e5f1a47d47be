import { z } from "zod";
import { K_DEFAULT, K_MAX, PASTED_MAX_CHARS, QUERY_MAX_CHARS, SEARCH_MODES, TIME_MAX } from "./rules";

const ref = z.string().min(1, "must not be empty").max(8_192, "is too long to be a reference");

function number(min: number, max: number) {
  const rule = `must be a number from ${min} to ${max}`;
  return z.number({ error: rule }).min(min, rule).max(max, rule).nullish();
}

export const searchInput = z.object({
  /** One person, by reference … */
  userRef: ref.nullish(),
  /** … or by the id as typed. */
  userTyped: z.string().max(8_192, "is too long to be an id").nullish(),
  query: z.string().max(QUERY_MAX_CHARS, `must be at most ${QUERY_MAX_CHARS} characters`).default(""),
  /** A pasted vector: numbers, hex or redis-cli escapes. */
  vector: z.string().max(PASTED_MAX_CHARS, "is too long to be a vector").nullish(),
  mode: z.enum(SEARCH_MODES, { error: `must be one of ${SEARCH_MODES.join(", ")}` }).default("hybrid"),
  k: z
    .int({ error: `must be a whole number from 1 to ${K_MAX}` })
    .min(1, `must be a whole number from 1 to ${K_MAX}`)
    .max(K_MAX, `must be a whole number from 1 to ${K_MAX}`)
    .default(K_DEFAULT),
  minImportance: number(-1e9, 1e9),
  maxImportance: number(-1e9, 1e9),
  /** Unix seconds, both included. */
  since: number(0, TIME_MAX),
  until: number(0, TIME_MAX),
  /** As shown: printable UTF-8, other bytes as \xNN. */
  category: z.string().max(1_024, "is too long").nullish(),
  maxDistance: number(0, 1e9),
});

export type SearchInput = z.input<typeof searchInput>;

export const setupInput = z.object({ user: ref.optional() });
