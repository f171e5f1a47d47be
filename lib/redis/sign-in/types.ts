/** Who may sign in, and who has. */
import type { Role } from "../../auth/permissions";

/** How an operator proves who it is. */
export type SignInVia = "password" | "oidc" | "demo";

export interface OperatorRecord {
  id: string;
  /** As it was given; two names that differ only in case, width or accents' encoding are one. */
  name: string;
  role: Role;
  disabled: boolean;
  via: SignInVia;
  createdAtMs: number;
  lastSignInAtMs: number | null;
  /** A password that was made for the operator, and not by the operator. */
  mustChangePassword: boolean;
}

export interface SessionRecord {
  /** Hash of the cookie: names the session, opens nothing. */
  digest: string;
  operatorId: string;
  createdAtMs: number;
  lastSeenAtMs: number;
  /** When the operator last proved who it is; see FRESH_MS. */
  authenticatedAtMs: number;
  via: SignInVia;
  /** Browser and system in a few words, for the operator to recognise it. */
  agent: string;
  /** The operator asked for masked pages, for example to share the screen. */
  masked: boolean;
}

/** Erase, export and changes of operators demand a sign-in that is not older. */
export const FRESH_MS = 5 * 60_000;
/** A reveal of one person's data to one session ends by itself after so long. */
export const REVEAL_MS = 15 * 60_000;
