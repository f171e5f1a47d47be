/** What the audit log says of a run's end: the intent and the start were written when it was asked for. */
import { logEvent } from "../../log";
import { subjectOf } from "../../subjects";
import type { AuditChain } from "../audit-chain/chain";
import type { AuditDraft, AuditOutcome } from "../audit-chain/entry";
import { consoleKeys } from "../console-keys";
import type { Store } from "../store/store";
import { KEEP_MS, readRun } from "./run-state";
import type { ErasureRun, RunStatus } from "./schema";

/** `partial` is not what was asked for: something is left. */
const OUTCOMES: Record<Exclude<RunStatus, "running">, AuditOutcome> = {
  verified: "ok",
  partial: "failed",
  failed: "failed",
  unknown: "unknown",
};

export function endDraft(userId: Buffer, run: ErasureRun): AuditDraft {
  const left = Object.values(run.disputedLeft).reduce((sum, count) => sum + count, 0);
  const counts = { ...run.erased, expired: run.expiredMeanwhile, "disputed-left": left };
  return {
    operator: run.startedBy,
    role: run.role,
    action: "erasure.run",
    outcome: run.status === "running" ? "unknown" : OUTCOMES[run.status],
    subject: subjectOf(userId),
    counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    reason: run.ground || null,
    ticket: run.ticket || null,
    code: run.code,
    requestId: run.requestId || run.runId,
  };
}

/** Write down how a run ended that has ended here. Goes on trying, and never rejects. */
export async function recordEnd(
  consoleStore: Store,
  audit: AuditChain,
  userId: Buffer,
  run: ErasureRun,
): Promise<void> {
  await audit.appendEventually(endDraft(userId, run));
  // Whoever looks before the state is written must not take the run for one that died.
  await consoleStore.command("SET", consoleKeys.erasureTold(run.runId), "1", "PX", KEEP_MS).catch(() => {});
}

/**
 * The last run of a person. The first look at one that stopped without a word writes down that its outcome is not
 * known: nobody else can.
 */
export async function readRunAndTell(
  consoleStore: Store,
  audit: AuditChain,
  userId: Buffer,
): Promise<ErasureRun | null> {
  const run = await readRun(consoleStore, userId);
  if (run?.interrupted && run.finishedAtMs === null) await tellOnce(consoleStore, audit, userId, run);
  return run;
}

async function tellOnce(
  consoleStore: Store,
  audit: AuditChain,
  userId: Buffer,
  run: ErasureRun,
): Promise<void> {
  const told = consoleKeys.erasureTold(run.runId);
  try {
    if ((await consoleStore.command("SET", told, "1", "NX", "PX", KEEP_MS)) === null) return;
    await audit.append(endDraft(userId, run)).catch(async (error: unknown) => {
      // The next look tries again.
      await consoleStore.command("DEL", told);
      throw error;
    });
  } catch {
    logEvent("erasure_interruption_not_written", { runId: run.runId });
  }
}
