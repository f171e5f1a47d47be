import { z } from "zod";
import { DIMENSIONS_MAX, INDEX_FORMS, NAME_MAX_CHARS, NAME_PATTERN } from "./rules";

const NAME_RULE = `must be 1 to ${NAME_MAX_CHARS} printable ASCII characters without spaces, for example idx:preferences`;
const name = z.string({ error: NAME_RULE }).max(NAME_MAX_CHARS, NAME_RULE).regex(NAME_PATTERN, NAME_RULE);

const DIMENSIONS_RULE = `must be a whole number from 1 to ${DIMENSIONS_MAX}, for example 512`;

export const createIndexInput = z.object({
  name,
  dimensions: z.int({ error: DIMENSIONS_RULE }).min(1, DIMENSIONS_RULE).max(DIMENSIONS_MAX, DIMENSIONS_RULE),
  form: z.enum(INDEX_FORMS, { error: `must be one of ${INDEX_FORMS.join(", ")}` }),
});

/** null: adopt none, so that MEMORY_INDEX counts again. */
export const adoptIndexInput = z.object({
  name: z.string().min(1, "must not be empty").max(1_024, "is too long").nullable(),
});
