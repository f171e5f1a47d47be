import { z } from "zod";
import {
  ALGORITHMS,
  DIMENSIONS_MAX,
  FIELD_PATTERN,
  HNSW,
  type HnswNumber,
  INDEX_FORMS,
  METRICS,
  NAME_MAX_CHARS,
  NAME_PATTERN,
  REBUILD_FORMS,
} from "./rules";

const NAME_RULE = `must be 1 to ${NAME_MAX_CHARS} printable ASCII characters without spaces, for example idx:preferences`;
const name = z.string({ error: NAME_RULE }).max(NAME_MAX_CHARS, NAME_RULE).regex(NAME_PATTERN, NAME_RULE);
/** An index or alias that is there already may have any name. */
const anyName = z.string().min(1, "must not be empty").max(1_024, "is too long");

const whole = (min: number, max: number, example: number) => {
  const rule = `must be a whole number from ${min} to ${max}, for example ${example}`;
  return z.int({ error: rule }).min(min, rule).max(max, rule);
};
const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(", ")}` });
const hnsw = (number: HnswNumber) => whole(HNSW[number].min, HNSW[number].max, HNSW[number].usual).optional();
const FIELD_RULE = "must be a plain name, for example embedding";

const vector = z.object({
  field: z.string({ error: FIELD_RULE }).regex(FIELD_PATTERN, FIELD_RULE),
  algorithm: oneOf(ALGORITHMS),
  metric: oneOf(METRICS),
  dimensions: whole(1, DIMENSIONS_MAX, 512),
  m: hnsw("m"),
  efConstruction: hnsw("efConstruction"),
  efRuntime: hnsw("efRuntime"),
});

const MODEL_RULE = "must be 1 to 200 printable ASCII characters, for example text-embedding-3-small";
const model = z
  .string()
  .max(200, MODEL_RULE)
  .regex(/^[\x20-\x7e]+$/, MODEL_RULE)
  .nullable();

export const createIndexInput = z.object({ name, form: oneOf(INDEX_FORMS), vector, model });

/** null: adopt none, so that MEMORY_INDEX counts again. */
export const adoptIndexInput = z.object({ name: anyName.nullable() });

export const bindModelInput = z.object({ name: anyName, model });

export const setAliasInput = z.object({ alias: name, to: anyName, from: anyName.nullable() });

export const removeAliasInput = z.object({ alias: anyName, from: anyName });

export const dropIndexInput = z.object({
  name: anyName,
  confirm: z.string().max(1_024, "is too long"),
  inUse: z.boolean(),
  handTo: anyName.nullable(),
});

export const rebuildIndexInput = z.object({
  index: anyName,
  name,
  form: oneOf(REBUILD_FORMS),
  vector,
  model,
  aliases: z.array(anyName).max(50, "are too many"),
  adopt: z.boolean(),
  acceptFewer: z.boolean(),
});

export const rebuildOrderInput = z.object({ index: anyName });
