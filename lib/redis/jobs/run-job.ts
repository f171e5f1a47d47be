/** Long work that goes on when nobody looks: in the server's process, its state in Redis. */
import { randomUUID } from "node:crypto";
import { SafeError } from "../../errors";
import { logDefect, logEvent } from "../../log";
import type { AuditDraft, AuditOutcome } from "../audit-chain/entry";
import { LEASE_MS, releaseLease, renewLease, takeLease } from "../lease";
import { storeError } from "../store/store-errors";
import { isResumable, type JobContext, type JobDefinition, type JobRecord, type JobState } from "./job";
import { checkpoint, giveOrder, leaseKey, readJob, writeFirst } from "./job-state";

/** How often the state is written, and how old the answer may be that the operator still has the right. */
const WRITE_EVERY_MS = 250;

export interface JobOptions {
  /** An index's name, `everyone`, or a person's subject. */
  scope: string;
  /** Tests wait shorter. */
  leaseMs?: number;
}

export interface StartedJob<Input, State extends JobState> {
  /** The job that runs now: this one, or one of the same kind and scope that was running already. */
  record: JobRecord<Input, State>;
  started: boolean;
  /** Settles when it stops, however; never rejects. */
  finished: Promise<JobRecord<Input, State>>;
}

/** Begin, and answer at once; or answer with the job of this kind and scope that is going on. */
export async function startJob<Input, State extends JobState>(
  context: JobContext,
  job: JobDefinition<Input, State>,
  { input, ...options }: JobOptions & { input: Input },
): Promise<StartedJob<Input, State>> {
  const now = Date.now();
  return launch(context, job, options, {
    jobId: randomUUID(),
    kind: job.kind,
    status: "running",
    startedBy: context.operator.id,
    startedByName: context.operator.name,
    role: context.operator.role,
    requestId: context.requestId,
    startedAtMs: now,
    updatedAtMs: now,
    finishedAtMs: null,
    workedMs: 0,
    input,
    state: null,
    reason: null,
    code: null,
  });
}

/**
 * Go on where it stopped, in the name of who asks now.
 * @throws SafeError `not_found`, `conflict` when it ended or was cancelled
 */
export async function resumeJob<Input, State extends JobState>(
  context: JobContext,
  job: JobDefinition<Input, State>,
  options: JobOptions,
): Promise<StartedJob<Input, State>> {
  const record = await readJob<Input, State>(context.console, options.scope, job.kind);
  if (!record) {
    throw new SafeError("not_found", "There is no such work any more.", { hint: "Begin it anew." });
  }
  if (record.status === "running") return { record, started: false, finished: Promise.resolve(record) };
  if (!isResumable(record)) {
    throw new SafeError("conflict", "This work has ended, so there is nothing to go on with.", {
      hint: "Begin it anew.",
    });
  }
  return launch(context, job, options, {
    ...record,
    status: "running",
    startedBy: context.operator.id,
    startedByName: context.operator.name,
    role: context.operator.role,
    requestId: context.requestId,
    updatedAtMs: Date.now(),
    finishedAtMs: null,
    reason: null,
    code: null,
  });
}

/** Have it stop at its next step, so that it can be gone on with. */
export async function pauseJob(context: JobContext, scope: string, kind: string): Promise<void> {
  await order(context, scope, kind, "pause");
}

/** Have it stop at its next step, for good. What was done stays done. Paused work ends at once. */
export async function cancelJob(context: JobContext, scope: string, kind: string): Promise<void> {
  await order(context, scope, kind, "cancel");
}

async function order(context: JobContext, scope: string, kind: string, what: "pause" | "cancel") {
  const record = await readJob(context.console, scope, kind);
  if (record?.status === "running") return giveOrder(context.console, scope, kind, what);
  if (record && what === "cancel" && isResumable(record)) {
    return writeFirst(context.console, scope, { ...record, status: "cancelled", finishedAtMs: Date.now() });
  }
  throw new SafeError("conflict", "This work is not going on any more.", { hint: "Look at how it ended." });
}

async function launch<Input, State extends JobState>(
  context: JobContext,
  job: JobDefinition<Input, State>,
  { scope, leaseMs = LEASE_MS }: JobOptions,
  record: JobRecord<Input, State>,
): Promise<StartedJob<Input, State>> {
  const lease = leaseKey(scope, job.kind);
  if (!(await takeLease(context.console, lease, record.jobId, leaseMs))) {
    const other = await readJob<Input, State>(context.console, scope, job.kind);
    if (other) return { record: other, started: false, finished: Promise.resolve(other) };
    throw new SafeError("conflict", "Other work of this kind has just begun.", {
      hint: "Look again in a moment.",
    });
  }
  await writeFirst(context.console, scope, record);
  logEvent("job_started", { kind: job.kind, jobId: record.jobId, operator: record.startedBy });
  return { record, started: true, finished: new Work(context, job, scope, leaseMs, record).finish() };
}

/** The work is nobody's any more: another took over, or its record was erased. */
class Lost extends Error {}

class Stopped extends Error {
  constructor(readonly how: "paused" | "cancelled") {
    super(how);
  }
}

class Work<Input, State extends JobState> {
  readonly #begunAtMs = Date.now();
  readonly #workedBefore: number;
  #writtenAtMs = 0;

  constructor(
    readonly context: JobContext,
    readonly job: JobDefinition<Input, State>,
    readonly scope: string,
    readonly leaseMs: number,
    public record: JobRecord<Input, State>,
  ) {
    this.#workedBefore = record.workedMs;
  }

  async finish(): Promise<JobRecord<Input, State>> {
    const { context, job, scope, leaseMs } = this;
    const lease = leaseKey(scope, job.kind);
    const heartbeat = setInterval(() => {
      // Not renewed: the next writing finds out.
      renewLease(context.console, lease, this.record.jobId, leaseMs).catch(() => {});
    }, leaseMs / 4);
    try {
      const end = await this.#work().catch((error: unknown) => this.#describe(error));
      this.#set({ ...end, finishedAtMs: end.status === "paused" ? null : Date.now() });
      logEvent("job_stopped", { kind: job.kind, jobId: this.record.jobId, status: this.record.status });
      // First the log, then the state that a page shows: nothing is said to have ended that is not written down.
      await context.audit.appendEventually(this.#draft());
      await this.#write().catch(() => {});
      await releaseLease(context.console, lease, this.record.jobId).catch(() => {});
    } finally {
      clearInterval(heartbeat);
    }
    return this.record;
  }

  async #work(): Promise<Pick<JobRecord, "status">> {
    const { context, job } = this;
    for await (const state of job.run(context, this.record.input, this.record.state)) {
      this.#set({ state });
      if (Date.now() - this.#writtenAtMs < WRITE_EVERY_MS) continue;
      const order = await this.#write();
      if (order === "lost") throw new Lost();
      if (order !== "go on") throw new Stopped(order === "pause" ? "paused" : "cancelled");
      if (!(await context.stillAllowed())) {
        throw new SafeError("forbidden", "The right to do this was taken away while it ran, so it stopped.");
      }
    }
    return { status: "done" };
  }

  #set(changes: Partial<JobRecord<Input, State>>): void {
    const workedMs = this.#workedBefore + Date.now() - this.#begunAtMs;
    this.record = { ...this.record, ...changes, workedMs, updatedAtMs: Date.now() };
  }

  async #write() {
    this.#writtenAtMs = Date.now();
    return checkpoint(this.context.console, this.scope, this.record);
  }

  #describe(error: unknown): Pick<JobRecord, "status" | "reason" | "code"> {
    if (error instanceof Stopped) return { status: error.how, reason: null, code: error.how };
    if (error instanceof Lost) {
      return { status: "failed", reason: "Its record was taken away, so it stopped.", code: "conflict" };
    }
    const safe = storeError(error);
    if (!safe) logDefect(error, this.record.jobId);
    const words = safe ? [safe.message, safe.details.hint] : ["Something went wrong in the console itself."];
    return { status: "failed", reason: words.filter(Boolean).join(" "), code: safe?.code ?? "internal" };
  }

  #draft(): AuditDraft {
    const { context, job, record } = this;
    const outcome: AuditOutcome =
      record.status === "failed" || record.status === "cancelled" ? "failed" : "ok";
    const counts = record.state ? (job.counts?.(record.state) ?? {}) : {};
    return {
      operator: record.startedBy,
      role: record.role,
      action: job.action,
      outcome,
      subject: context.subject,
      counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
      reason: null,
      ticket: null,
      code: record.code,
      requestId: record.requestId,
    };
  }
}
