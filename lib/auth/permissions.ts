/** Who may do what. One table, read by the guard on the server and by pages to hide what would be refused. */

export const ROLES = ["support", "compliance", "developer", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = {
  /** Browse, search, live view. */
  browse: ["support", "compliance", "developer", "admin"],
  /** See messages, memories and ids as they are. Without it they are masked, until they are revealed. */
  personal: ["compliance", "developer", "admin"],
  /** See one person's data unmasked for a while, with a reason. */
  reveal: ["support", "compliance", "developer", "admin"],
  /** Those whose work is to look need not say why each time; it is audited all the same. */
  "reveal.without-reason": ["compliance", "admin"],
  /** Repair a stuck counter, reset a limit. */
  "limits.repair": ["support", "developer", "admin"],
  /** Set a limit, hit a limit by hand. */
  "limits.edit": ["developer", "admin"],
  /** Append to, trim, expire, persist a session. */
  "sessions.edit": ["developer", "admin"],
  /** Take one session out of the console as a file or as commands: what a developer reproduces a fault with. */
  "sessions.download": ["compliance", "developer", "admin"],
  "memories.edit": ["developer", "admin"],
  /** Preview and carry out an erasure. */
  erase: ["compliance", "admin"],
  /** Take a person's data out of the console. */
  export: ["compliance", "admin"],
  /** Create, adopt, rebuild an index. */
  "indexes.edit": ["developer", "admin"],
  /** Act as the assistant, for a throw-away person or, confirmed by their id, a real one. */
  playground: ["developer", "admin"],
  /** Recall tests: write down questions and what they should find, take them in and out, run them. */
  "evaluation.edit": ["developer", "admin"],
  /** Read one's own entries of the audit log. */
  audit: ["support", "compliance", "developer", "admin"],
  /** Read everybody's. */
  "audit.all": ["compliance", "admin"],
  /** Operators, their roles and their sessions. */
  operators: ["admin"],
  /** One's own sign-ins, password and screen. */
  account: ["support", "compliance", "developer", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Fails closed: a role or permission that is not in the table, or no role, is refused. */
export function may(role: Role | null, permission: Permission): boolean {
  return (
    Object.hasOwn(PERMISSIONS, permission) &&
    (PERMISSIONS[permission] as readonly (Role | null)[]).includes(role)
  );
}
