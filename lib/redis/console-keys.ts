/**
 * Keys of the console's own state, apart from the assistant's (keys.ts): they may live on another server. Digests and
 * subjects in them are keyed hashes.
 */
export const consoleKeys = {
  demoSeeded: () => "console:demo:seeded",
  usageSamples: () => "console:usage:samples",
  /** What the keys of the limits begin with, for telling of them. */
  rateLimits: () => "console:rate-limits:",
  rateLimitDefaults: () => "console:rate-limits:defaults",
  rateLimitOverrides: () => "console:rate-limits:overrides",
  /** `subject` is a keyed hash of a person's id, or `everyone`. */
  rateLimitChanges: (subject: string) => `console:rate-limits:changes:${subject}`,
  /** `subject` is a keyed hash of a person's id, never the id. */
  erasureRun: (subject: string) => `console:erasure:run:${subject}`,
  erasureLock: (subject: string) => `console:erasure:lock:${subject}`,
  /** Set once how this run ended stands in the audit log. */
  erasureTold: (runId: string) => `console:erasure:told:${runId}`,
  /** Hash: random id → what a change took away, each field for the seconds in which it can be undone. */
  undo: (subject: string) => `console:undo:${subject}`,
  /** `scope`: an index's name, `everyone`, or a keyed hash of a person's id. See lib/redis/jobs/job-state.ts. */
  jobs: (scope: string) => `console:jobs:${scope}`,
  jobLease: (scope: string, kind: string) => `console:jobs:${scope}:${kind}:lease`,
  jobOrder: (scope: string, kind: string) => `console:jobs:${scope}:${kind}:order`,
  /** Hash: keyed hash of a memory's name → sealed edits, one a line, each field with a life of its own. */
  memoryHistory: (subject: string) => `console:memories:history:${subject}`,
  /** Hash: a run of the playground, what it touched, and the person as they were before; for an hour. */
  playground: (subject: string) => `console:playground:${subject}`,
  /** Hash: a set of recall questions → its name. */
  recallSets: () => "console:recall:sets",
  /** Hash: set and question → sealed question about this person. */
  recallQuestions: (subject: string) => `console:recall:questions:${subject}`,
  /** Set of the subjects that recall questions are about. */
  recallPeople: () => "console:recall:people",
  /** Hash: a run of the set → what it came to. */
  recallRuns: (setId: string) => `console:recall:runs:${setId}`,
  /** Hash: setting and question → places at which the run found what was expected. */
  recallOutcomes: (runId: string) => `console:recall:outcomes:${runId}`,
  adoptedIndex: () => "console:indexes:adopted",
  /** Hash: of each index, how many hits of another person it gave and when last. */
  foreignHits: () => "console:indexes:foreign-hits",
  /** Hash: index's name → the embedding model that its vectors come from. */
  indexModels: () => "console:indexes:models",
  /** Set of aliases that the console made or was told of: old servers cannot list them. */
  indexAliases: () => "console:indexes:aliases",
  /** Set of fields that once held vectors of an index this console made. */
  vectorFields: () => "console:indexes:vector-fields",
  /** Hash: subject, index, fault and place → sealed references of a memory that the doctor shows as an example. */
  faultExamples: () => "console:indexes:fault-examples",
  /** Stream of entries, each with the id `{sequence}-0`. */
  auditEntries: () => "console:audit:entries",
  /** Where the chain ends: sequence and hash of its last entry. */
  auditHead: () => "console:audit:head",
  /** Where what is kept begins, once older entries were archived. */
  auditBase: () => "console:audit:base",
  /** `digest`: which aggregated refusal was already written down in this minute. */
  auditSeen: (digest: string) => `console:audit:seen:${digest}`,
  /** Hash: operator's name in its compared form → operator's id. */
  operatorNames: () => "console:sign-in:names",
  operator: (operatorId: string) => `console:sign-in:operator:${operatorId}`,
  /** `digest` of the cookie, never the cookie. */
  operatorSession: (digest: string) => `console:sign-in:session:${digest}`,
  /** Set of the digests of an operator's sessions. */
  operatorSessions: (operatorId: string) => `console:sign-in:sessions-of:${operatorId}`,
  /** Hash: subject → end and reference, each field with the life of its reveal. */
  reveals: (sessionDigest: string) => `console:sign-in:reveals:${sessionDigest}`,
  /** A sign-in at the identity provider that has begun. */
  oidcAttempt: (digest: string) => `console:sign-in:oidc:${digest}`,
  /** Hash of counters with lives of their own, as the assistant's limiter keeps them; `digest` of who knocks. */
  door: (digest: string) => `console:doors:${digest}`,
};
