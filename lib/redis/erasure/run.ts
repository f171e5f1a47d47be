/** An erasure that goes on when nobody looks: it runs in the server process and keeps its state in Redis. */
import { randomUUID } from "node:crypto";
import { SafeError } from "../../errors";
import { logDefect, logEvent } from "../../log";
import type { AuditChain } from "../audit-chain/chain";
import { forgetPerson } from "../keyspace/kept-of-person";
import { LEASE_MS } from "../lease";
import type { Store } from "../store/store";
import { storeError } from "../store/store-errors";
import { noCounts } from "./counts";
import { type EraseInput, eraseUser } from "./erase";
import { countsOf, previewErasure } from "./preview";
import { readRunAndTell, recordEnd } from "./run-record";
import { beginRun, endRun, readRun, renewRun, writeRun } from "./run-state";
import type { ErasureProgress, ErasureRun, StartedErasure } from "./schema";

/** Who asked for the run and why, as it is kept with it. */
type Asked = Pick<ErasureRun, "startedBy" | "startedByName" | "role" | "requestId" | "ground" | "ticket">;

export interface RunInput extends Pick<EraseInput, "userId" | "includeDisputed">, Asked {
  /** Asked again before the first key goes, and every 250 ms while keys go. */
  stillAllowed: () => Promise<boolean>;
  /** Where it is written down how the run ended. */
  audit: AuditChain;
  /** Tests wait shorter. */
  leaseMs?: number;
}

/** How often the state is written while keys go. */
const WRITE_EVERY_MS = 250;
/** How old the answer may be that the operator still has the right to erase. */
const ASK_EVERY_MS = 250;
/** Tries to write down the outcome when the console's state cannot be reached, a second apart. */
const END_TRIES = 60;

/**
 * Start erasing, and answer at once; or answer with the run of this person that is going on.
 * @returns the run, and `finished`, which settles when it has ended and never rejects
 */
export async function startErasure(
  store: Store,
  consoleStore: Store,
  input: RunInput,
): Promise<StartedErasure & { finished: Promise<ErasureRun> }> {
  const run = newRun(input);
  // A run that died is overwritten by this one: what is known of it is written down first.
  await readRunAndTell(consoleStore, input.audit, input.userId);
  if (!(await beginRun(consoleStore, input.userId, run, input.leaseMs))) {
    const other = await readRun(consoleStore, input.userId);
    if (!other) {
      throw new SafeError("conflict", "Another erasure of this person has just begun.", {
        hint: "Look again in a moment.",
      });
    }
    return { run: other, started: false, finished: Promise.resolve(other) };
  }
  logEvent("erasure_started", { runId: run.runId, operator: run.startedBy });
  const finished = new BackgroundRun(store, consoleStore, input, run).finish();
  return { run, started: true, finished };
}

function newRun({ startedBy, startedByName, role, requestId, ground, ticket }: Asked): ErasureRun {
  return {
    runId: randomUUID(),
    status: "running",
    interrupted: false,
    ...{ startedBy, startedByName, role, requestId, ground, ticket },
    startedAtMs: Date.now(),
    finishedAtMs: null,
    phase: "counting",
    planned: null,
    planDigest: null,
    erased: noCounts(),
    expiredMeanwhile: 0,
    passes: 0,
    emptyPasses: 0,
    keysPerSecond: 0,
    disputedLeft: {},
    stillWritten: null,
    indexedLeft: null,
    reason: null,
    code: null,
  };
}

/** Another run holds the lock now; this one has no business any more, and no right to write the state. */
class LostLease extends Error {}

/** The operator's role was changed, or the operator disabled, while the run went on. */
class RightTaken extends Error {}

class BackgroundRun {
  #run: ErasureRun;
  #writtenAt = 0;
  #allowedAt = 0;
  #lost = false;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    readonly store: Store,
    readonly consoleStore: Store,
    readonly input: RunInput,
    run: ErasureRun,
  ) {
    this.#run = run;
    const leaseMs = input.leaseMs ?? LEASE_MS;
    this.#heartbeat = setInterval(() => {
      renewRun(consoleStore, input.userId, run.runId, leaseMs).then(
        (held) => {
          this.#lost ||= !held;
        },
        // Not reached: the lease ends by itself, and the run's own commands will say what is wrong.
        () => {},
      );
    }, leaseMs / 4);
  }

  async finish(): Promise<ErasureRun> {
    const { consoleStore, input } = this;
    const outcome = await this.#erase().catch((error: unknown) => this.#describe(error));
    forgetPerson(this.store, input.userId);
    this.#run = { ...this.#run, ...outcome, finishedAtMs: Date.now() };
    this.#run.expiredMeanwhile = expiredIn(this.#run);
    logEvent("erasure_ended", { runId: this.#run.runId, status: this.#run.status });
    // First the log, then the state that the page shows: nothing is said to have ended that is not written down.
    await recordEnd(consoleStore, input.audit, input.userId, this.#run);
    clearInterval(this.#heartbeat);
    if (!this.#lost) await this.#writeOutcome();
    return this.#run;
  }

  async #erase(): Promise<Partial<ErasureRun>> {
    const { store, consoleStore, input } = this;
    const plan = await previewErasure(store, consoleStore, input);
    this.#run = {
      ...this.#run,
      planned: countsOf(plan.holdings),
      planDigest: plan.planDigest,
      phase: "erasing",
    };
    await writeRun(consoleStore, input.userId, this.#run);
    return eraseUser(store, consoleStore, {
      ...input,
      beforeBatch: () => this.#requireRight(),
      onProgress: (progress) => this.#report(progress),
    });
  }

  async #requireRight(): Promise<void> {
    if (this.#lost) throw new LostLease();
    if (Date.now() - this.#allowedAt < ASK_EVERY_MS) return;
    if (!(await this.input.stillAllowed())) throw new RightTaken();
    this.#allowedAt = Date.now();
  }

  async #report(progress: ErasureProgress): Promise<void> {
    if (this.#lost) throw new LostLease();
    this.#run = { ...this.#run, ...progress };
    if (Date.now() - this.#writtenAt < WRITE_EVERY_MS) return;
    this.#writtenAt = Date.now();
    try {
      await writeRun(this.consoleStore, this.input.userId, this.#run);
    } catch (error) {
      // Full memory refuses a SET, and no UNLINK: the begin is written down, and going on is the cure.
      if (storeError(error)?.code !== "store_refused") throw error;
    }
  }

  #describe(error: unknown): Partial<ErasureRun> {
    if (error instanceof LostLease) {
      return { status: "unknown", interrupted: true, reason: "Another run of this erasure took over." };
    }
    if (error instanceof RightTaken) {
      const reason = "The right to erase was taken away while it ran, so it stopped.";
      return { status: "failed", code: "forbidden", reason };
    }
    const safe = storeError(error);
    const code = safe?.code ?? "internal";
    if (!safe) logDefect(error, this.#run.runId);
    if (this.#run.phase === "counting") {
      const what = safe ? withHint(safe) : "Something went wrong in the console itself.";
      return { status: "failed", code, reason: `${what} Nothing was erased.` };
    }
    if (safe?.code === "store_refused") return { status: "failed", code, reason: withHint(safe) };
    // A lost answer, or a defect in the middle: keys may be gone that nobody counted.
    const what = safe?.message ?? "Something went wrong in the console itself.";
    return {
      status: "unknown",
      code,
      reason: `${what} Keys may have been erased that are not counted here.`,
    };
  }

  async #writeOutcome(): Promise<void> {
    for (let attempt = 0; attempt < END_TRIES; attempt += 1) {
      try {
        return await endRun(this.consoleStore, this.input.userId, this.#run);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1_000).unref());
      }
    }
    logEvent("erasure_outcome_not_written", { runId: this.#run.runId, status: this.#run.status });
  }
}

/** A walk meets few of the keys that end while it goes on: two empty walks prove that what was planned is gone. */
function expiredIn({ status, planned, erased, expiredMeanwhile }: ErasureRun): number {
  if (status !== "verified" || !planned) return expiredMeanwhile;
  const classes = ["sessions", "rate-limits", "memories"] as const;
  const unmet = classes.map((name) => Math.max(0, planned[name] - erased[name]));
  return Math.max(
    expiredMeanwhile,
    unmet.reduce((sum, count) => sum + count, 0),
  );
}

function withHint({ message, details }: SafeError): string {
  return details.hint ? `${message} ${details.hint}` : message;
}
