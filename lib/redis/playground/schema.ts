/** Inputs of the playground. Server only: pages take the types of types.ts. */
import { z } from "zod";
import { SEARCH_MODES } from "../recall/rules";
import {
  CATEGORY_MAX_CHARS,
  FACT_MAX_CHARS,
  HISTORY_MAX,
  K_MAX,
  KEEP_MAX,
  MESSAGE_MAX_CHARS,
  REPLY_MAX_CHARS,
  SESSION_LIVES,
} from "./rules";

const ref = z.string().min(1, "must name something, it is empty").max(8_192, "is longer than any reference");

function whole(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z.number({ error: rule }).int(rule).min(min, rule).max(max, rule);
}

function text(maxChars: number) {
  const rule = `must be a text of 1 to ${maxChars} characters`;
  return z
    .string({ error: rule })
    .max(maxChars, rule)
    .refine((value) => value.trim() !== "", rule);
}

export const stateInput = z.object({ user: ref.optional() });

/** Without a person: a throw-away one. With one: their id, typed, says that their own store is meant. */
export const startInput = z.object({
  user: ref.optional(),
  confirm: z.string().max(8_192, "is longer than any id").optional(),
});

const settings = z.object({
  mode: z.enum(SEARCH_MODES, { error: `must be one of ${SEARCH_MODES.join(", ")}` }),
  k: whole(1, K_MAX),
  history: whole(0, HISTORY_MAX),
  keep: whole(1, KEEP_MAX),
  lifeSeconds: z.literal([...SESSION_LIVES], { error: `must be one of ${SESSION_LIVES.join(", ")}` }),
});

export const sendInput = z.object({ user: ref, message: text(MESSAGE_MAX_CHARS), settings });

/** The prompt is the one that the last message was answered with: it stays on the server. */
export const replyInput = z.object({ user: ref, settings });

export const rememberInput = z.object({
  user: ref,
  category: text(CATEGORY_MAX_CHARS),
  content: text(Math.max(FACT_MAX_CHARS, REPLY_MAX_CHARS)),
  importance: whole(1, 10),
});

export const restoreInput = z.object({
  user: ref,
  /** Also what others wrote meanwhile. */
  others: z.boolean({ error: "must be true or false" }).default(false),
});

export type SendInput = z.input<typeof sendInput>;
export type ReplyInput = z.input<typeof replyInput>;
export type RememberInput = z.input<typeof rememberInput>;
