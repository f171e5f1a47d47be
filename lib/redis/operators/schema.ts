/** Operators, for those who administer them: input and DTOs, safe for the browser. */
import { z } from "zod";
import { ROLES, type Role } from "../../auth/permissions";
import type { SignInVia } from "../sign-in/types";

const operatorId = z.string().regex(/^op_[\w-]{16}$/, "must be an operator that the list showed");
const role = z.enum(ROLES, { error: `must be one of ${ROLES.join(", ")}` });
/** null has one made up. The rules of a good one are judged with the operator's name at hand. */
const password = z.string().max(1_024, "is longer than any password may be").nullable();

export const noInput = z.object({});
export const operatorInput = z.object({ id: operatorId });
export const addOperatorInput = z.object({
  name: z.string().max(1_024, "is longer than any name may be"),
  role,
  password,
});
/** `from`: the role that was looked at when another was chosen. */
export const changeRoleInput = z.object({ id: operatorId, from: role, role });
export const resetPasswordInput = z.object({ id: operatorId, password });
export const revokeSessionInput = z.object({
  id: operatorId,
  digest: z.string().regex(/^[\w-]{43}$/, "must be a session that the list showed"),
});

export interface OperatorRow {
  id: string;
  name: string;
  role: Role;
  via: SignInVia;
  disabled: boolean;
  mustChangePassword: boolean;
  createdAtMs: number;
  lastSignInAtMs: number | null;
  /** Where the operator is signed in now. */
  sessions: number;
  /** The one who looks. */
  self: boolean;
  /** Nobody else could administer: can be neither demoted nor disabled. */
  lastAdministrator: boolean;
}

export interface MadePassword {
  id: string;
  name: string;
  /** The password that was made up: shown once, and known nowhere afterwards. null when it was given. */
  password: string | null;
}
