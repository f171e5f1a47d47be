/** What the audit log says about one thing that was done, refused, or is about to be done. */

export type AuditOutcome =
  | "intent" // written and acknowledged before the first command goes out
  | "ok"
  | "refused" // by the console: no right, wrong input, foreign origin
  | "failed" // nothing, or not everything, was done
  | "unknown"; // sent, and the answer was lost

/** What the writer of an entry knows. Nothing in it names a person or holds what a person wrote to the assistant. */
export interface AuditDraft {
  /** Operator's id; `anonymous`, `console` (by itself) or `command-line` otherwise. */
  operator: string;
  /** The operator's role at that moment, `none` for the others. */
  role: string;
  /** The guarded name, for example `sessions.trim`. */
  action: string;
  outcome: AuditOutcome;
  /** Whose data it was about, as {@link ../../subjects subjectOf} says it. */
  subject: string | null;
  /** Key classes and other things counted, for example `{sessions: 3}`; never key names. */
  counts: Record<string, number>;
  reason: string | null;
  ticket: string | null;
  /** The error's code where it was refused or failed. */
  code: string | null;
  /** The same in the intent and the outcome of one request, and in the console's log. */
  requestId: string;
}

/** A draft with its place in the chain. */
export interface AuditEntry extends AuditDraft {
  v: 1;
  /** 1, 2, 3 … without gaps. */
  seq: number;
  /** Never before the entry before it. */
  timeMs: number;
  /** Hash of the entry before it; of the first one 64 zeros. */
  prev: string;
  /** SHA-256, hex, over everything above. */
  hash: string;
  /** HMAC-SHA-256, hex, of `hash` under a key of CONSOLE_SECRET's own. */
  mac: string;
}
