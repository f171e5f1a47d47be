/** From what the provider says about somebody to an operator's name and role. */
import type { Role } from "../permissions";
import type { OidcSettings } from "./settings";

export type Claims = Record<string, unknown>;

function own(claims: Claims, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}

/** The groups: a list of texts, or one text. Null when the provider says nothing about them here. */
export function groupsOf(claims: Claims, claim: string): string[] | null {
  const said = own(claims, claim);
  if (typeof said === "string") return [said];
  return Array.isArray(said) ? said.filter((group) => typeof group === "string") : null;
}

/** The role of the first pair whose group somebody is in, exactly as written; null for none of them. */
export function roleOf(groups: readonly string[], roles: OidcSettings["roles"]): Role | null {
  return roles.find(({ group }) => groups.includes(group))?.role ?? null;
}

/** What somebody could be called here, the best first. */
export function namesOf(claims: Claims): string[] {
  const said = ["preferred_username", "email", "name", "sub"].map((claim) => own(claims, claim));
  return said.filter((name) => typeof name === "string");
}
