/** Long work: what a feature says of it, and how it is written down. */
import type { AuditChain } from "../audit-chain/chain";
import type { Store } from "../store/store";

/** What long work needs of the request that began it; a guard's context is one. */
export interface JobContext {
  store: Store;
  console: Store;
  operator: { id: string; name: string; role: string };
  requestId: string;
  /** Whose data it is about, as the audit log says it. */
  subject: string | null;
  audit: AuditChain;
  /** Asked again while the work goes on. */
  stillAllowed: () => Promise<boolean>;
}

/** How far the work is: small JSON, enough to go on from. Of persons it holds sealed references at most. */
export interface JobState {
  done: number;
  /** null while it is not known. */
  total: number | null;
}

export interface JobDefinition<Input, State extends JobState> {
  /** For example `vector-repair`. */
  kind: string;
  /** What the audit log calls its end, for example `doctor.repair`. */
  action: string;
  /**
   * The work, a step at a time. Each yield is a place to pause, to stop, and after a crash to go on from: a step that
   * was done and not written down is done again, so a step must bear that.
   * @param state where the work stopped before; null at its begin
   */
  run: (context: JobContext, input: Input, state: State | null) => AsyncGenerator<State, void, void>;
  /** What was changed so far, by class, for the audit log. */
  counts?: (state: State) => Record<string, number>;
}

/** A definition with its types; nothing is started. */
export function defineJob<Input, State extends JobState>(
  definition: JobDefinition<Input, State>,
): JobDefinition<Input, State> {
  return definition;
}

export type JobStatus =
  | "running"
  | "paused"
  | "done"
  | "failed"
  | "cancelled"
  /** It stopped without a word: its process ended, or it lost Redis. It can be gone on with. */
  | "interrupted";

export interface JobRecord<Input = unknown, State extends JobState = JobState> {
  jobId: string;
  kind: string;
  status: JobStatus;
  /** Operator's id; the name and the role as they were then. */
  startedBy: string;
  startedByName: string;
  role: string;
  requestId: string;
  startedAtMs: number;
  updatedAtMs: number;
  finishedAtMs: number | null;
  /** Worked so far without the pauses, ms: what a rate is reckoned from. */
  workedMs: number;
  input: Input;
  state: State | null;
  /** Why it did not come to its end, in words. */
  reason: string | null;
  code: string | null;
}

/** Can it be gone on with where it stopped? */
export function isResumable({ status }: Pick<JobRecord, "status">): boolean {
  return status === "paused" || status === "interrupted" || status === "failed";
}
