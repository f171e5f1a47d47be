import type { OperatorRow } from "@/lib/redis/operators/schema";

export const VIA_WORD: Record<OperatorRow["via"], string> = {
  password: "Password",
  oidc: "Your organisation",
  demo: "Demo",
};

/** Why something cannot be changed of this operator; null when it can. The server says the same. */
export function whyNot(row: OperatorRow, what: "role" | "disable" | "password"): string | null {
  if (row.via === "demo") return "the demo’s";
  if (row.via === "oidc" && what === "role") return "from its groups";
  if (row.via === "oidc" && what === "password") return "not kept here";
  if (row.self && what === "password") return "on your account";
  if (row.lastAdministrator && what !== "password") return "the last one";
  return null;
}

/** `3 browsers`, `1 browser`, `nowhere`. */
export function whereWords(sessions: number): string {
  if (sessions === 0) return "nowhere";
  return `${sessions} ${sessions === 1 ? "browser" : "browsers"}`;
}
