import { z } from "zod";
import { recallSettings } from "../recall/schema";
import {
  EXPECTED_MAX,
  IMPORT_CHARS,
  QUESTION_CHARS,
  SET_NAME_CHARS,
  SETTING_NAME_CHARS,
  SETTINGS_MAX,
} from "./rules";

export const noInput = z.object({});

const id = z.string().regex(/^[\w-]{22}$/, "is not the name of one");
const ref = z.string().min(1, "must not be empty").max(8_192, "is too long to be a reference");

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(max, `must be at most ${max} characters`)
    .refine((value) => !/\p{Cc}/u.test(value), "must be one line");

const wholeNumber = (max: number) => {
  const rule = `must be a whole number from 0 to ${max}`;
  return z
    .union([z.string().regex(/^\d{1,6}$/, rule), z.number().int(rule)])
    .transform(Number)
    .refine((value) => value >= 0 && value <= max, rule);
};

export const createSetInput = z.object({ name: text(SET_NAME_CHARS) });
export const renameSetInput = z.object({ set: id, name: text(SET_NAME_CHARS) });
export const setInput = z.object({ set: id });

export const setPageInput = z.object({ set: id, page: wholeNumber(100_000).default(1) });

export const saveQuestionInput = z.object({
  set: id,
  /** Left out: a new one. */
  question: id.nullish(),
  userRef: ref,
  query: text(QUESTION_CHARS),
  expected: z
    .array(ref)
    .min(1, "name at least one memory")
    .max(EXPECTED_MAX, `at most ${EXPECTED_MAX} memories can be expected`),
});

export const deleteQuestionInput = z.object({ set: id, question: id, userRef: ref });

export const importInput = z.object({
  set: id,
  lines: z.string().max(IMPORT_CHARS, `must be at most ${IMPORT_CHARS} characters`),
});

export const startRunInput = z.object({
  set: id,
  settings: z
    .array(z.object({ name: text(SETTING_NAME_CHARS), settings: recallSettings }))
    .min(1, "compare at least one setting")
    .max(SETTINGS_MAX, `at most ${SETTINGS_MAX} settings at once`)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "must have different names"),
});

export const compareInput = z.object({
  set: id,
  firstRun: id,
  firstSetting: wholeNumber(SETTINGS_MAX - 1),
  secondRun: id,
  secondSetting: wholeNumber(SETTINGS_MAX - 1),
});

export type StartRunInput = z.input<typeof startRunInput>;
export type SaveQuestionInput = z.input<typeof saveQuestionInput>;
