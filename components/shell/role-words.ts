import type { Role } from "@/lib/auth/permissions";

export const ROLE_WORD: Record<Role, string> = {
  support: "Support",
  compliance: "Compliance",
  developer: "Developer",
  admin: "Administrator",
};

/** What a role is for, in a line. */
export const ROLE_PURPOSE: Record<Role, string> = {
  support: "Sees why, with personal data masked; repairs a stuck counter",
  compliance: "Sees what is held, erases it, reads the whole audit log",
  developer: "Sees and edits every session, memory, limit and index",
  admin: "All of it, and the operators",
};
