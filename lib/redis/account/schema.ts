/** One's own sign-in: input and DTOs, safe for the browser. */
import { z } from "zod";
import { ROLES, type Role } from "../../auth/permissions";
import type { SignInVia } from "../sign-in/types";

const name = z
  .string()
  .trim()
  .min(1, "must not be empty: type your name")
  .max(200, "is longer than any operator's name");
/** What was typed may break the rules of passwords: those are for setting one, and this is for trying one. */
const typedPassword = z
  .string()
  .min(1, "must not be empty: type your password")
  .max(1_024, "is longer than any password");

export const noInput = z.object({});
export const signInInput = z.object({ name, password: typedPassword });
/** Empty for an operator of the demo, who has none. */
export const signInAgainInput = z.object({ password: z.string().max(1_024, "is longer than any password") });
export const demoSignInInput = z.object({
  role: z.enum(ROLES, { error: `must be one of ${ROLES.join(", ")}` }),
});
export const revokeSessionInput = z.object({
  digest: z.string().regex(/^[\w-]{43}$/, "must be a session that the list showed"),
});
export const changePasswordInput = z.object({
  current: typedPassword,
  next: z.string().max(1_024, "is longer than any password may be"),
});
export const maskInput = z.object({ masked: z.boolean() });

const ref = z.string().min(1).max(20_000);
export const MIN_REASON = 4;
export const revealInput = z.object({
  ref,
  reason: z
    .string()
    .trim()
    .max(200, "must be at most 200 characters")
    .refine((text) => text === "" || text.length >= MIN_REASON, `must have at least ${MIN_REASON} characters`)
    .default(""),
});
export const endRevealInput = z.object({ ref });

export interface Reveal {
  ref: string;
  /** The person's id as shown. Here it may be known: it is revealed. */
  label: string;
  untilMs: number;
}

/** Who looks at these pages, and what of them is hidden. */
export interface Me {
  id: string;
  name: string;
  role: Role;
  via: SignInVia;
  /** Pages are masked, but for what is revealed. */
  masked: boolean;
  /** It is masked because the operator wished so; the role would see everything. */
  maskedByChoice: boolean;
  reveals: Reveal[];
  mustChangePassword: boolean;
}
