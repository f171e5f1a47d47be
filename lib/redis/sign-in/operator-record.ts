/**
 * An operator as Redis keeps it: `console:sign-in:operator:{id}`, a hash. The hash of the password and the subject at
 * the identity provider are read in this folder alone.
 */
import { ROLES, type Role } from "../../auth/permissions";
import { toMap, toText } from "../store/reply";
import type { Reply } from "../store/wire";
import type { OperatorRecord, SignInVia } from "./types";

/** Everything that is stored; an absent one is an empty text. */
export interface StoredOperator {
  record: OperatorRecord;
  passwordHash: string | null;
}

export interface NewOperator {
  id: string;
  name: string;
  role: Role;
  via: SignInVia;
  passwordHash: string | null;
  mustChangePassword: boolean;
  subject?: { issuer: string; sub: string };
}

/** Flat, as HSET takes it. All fields from the start, so that HSETEX … FXX can change what exists and nothing else. */
export function operatorFields(operator: NewOperator): string[] {
  return Object.entries({
    name: operator.name,
    role: operator.role,
    disabled: "0",
    via: operator.via,
    passwordHash: operator.passwordHash ?? "",
    createdAtMs: String(Date.now()),
    lastSignInAtMs: "",
    mustChangePassword: operator.mustChangePassword ? "1" : "0",
    issuer: operator.subject?.issuer ?? "",
    sub: operator.subject?.sub ?? "",
  }).flat();
}

/** The reply of HGETALL. @returns null when there is no such operator, or what is stored is none */
export function readOperatorReply(id: string, reply: Reply): StoredOperator | null {
  const fields = new Map([...toMap(reply)].map(([field, value]) => [field, toText(value)]));
  const [role, via] = [fields.get("role"), fields.get("via")];
  if (!isRole(role) || !isVia(via)) return null;
  return {
    record: {
      id,
      name: fields.get("name") ?? "",
      role,
      // Anything but a plain "no" is taken for "yes".
      disabled: fields.get("disabled") !== "0",
      via,
      createdAtMs: Number(fields.get("createdAtMs")),
      lastSignInAtMs: Number(fields.get("lastSignInAtMs")) || null,
      mustChangePassword: fields.get("mustChangePassword") === "1",
    },
    passwordHash: fields.get("passwordHash") || null,
  };
}

function isRole(text: string | undefined): text is Role {
  return (ROLES as readonly (string | undefined)[]).includes(text);
}

function isVia(text: string | undefined): text is SignInVia {
  return text === "password" || text === "oidc" || text === "demo";
}
