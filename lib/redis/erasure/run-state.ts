/**
 * A run as the console's state knows it, so that it can be left and come back to:
 *
 *   console:erasure:run:{subject}    string  JSON of {@link ErasureRun}, written before the first key goes
 *   console:erasure:lock:{subject}   string  the run's id, with a short life that the run keeps renewing
 *
 * The subject is a keyed hash of the id, and a run holds counts and reasons only: after an erasure the console
 * must not be the one place that still knows the name. A run that says `running` without a lock has stopped
 * without a word; what it had sent by then nobody knows.
 */

import { subjectOf } from "../../subjects";
import { consoleKeys } from "../console-keys";
import { LEASE_MS, releaseLease, renewLease, takeLease } from "../lease";
import { toText } from "../store/reply";
import type { Store } from "../store/store";
import type { ErasureRun } from "./schema";

/** How long the outcome can be read after it. */
export const KEEP_MS = 90 * 86_400_000;

/** Of a run that an earlier version of this console wrote down. */
const UNKNOWN_ORIGIN = { role: "none", requestId: "", ground: "", ticket: "", code: null };

export async function readRun(consoleStore: Store, userId: Buffer): Promise<ErasureRun | null> {
  const subject = subjectOf(userId);
  // The lock is read first: a run that ends between the two reads must not look interrupted.
  const [lock, state] = await consoleStore.pipeline([
    ["GET", consoleKeys.erasureLock(subject)],
    ["GET", consoleKeys.erasureRun(subject)],
  ]);
  if (state === null || state === undefined) return null;
  const run = { ...UNKNOWN_ORIGIN, ...(JSON.parse(toText(state)) as ErasureRun) };
  const alive = lock !== null && lock !== undefined && toText(lock) === run.runId;
  if (run.status !== "running" || alive) return run;
  return {
    ...run,
    status: "unknown",
    interrupted: true,
    reason: "The run stopped without a word: the console's process ended, or it lost Redis.",
  };
}

/** Take the lock and write the run down, acknowledged, before anything is erased. @returns false when one runs. */
export async function beginRun(
  consoleStore: Store,
  userId: Buffer,
  run: ErasureRun,
  leaseMs = LEASE_MS,
): Promise<boolean> {
  const lock = consoleKeys.erasureLock(subjectOf(userId));
  if (!(await takeLease(consoleStore, lock, run.runId, leaseMs))) return false;
  await writeRun(consoleStore, userId, run);
  return true;
}

export async function writeRun(consoleStore: Store, userId: Buffer, run: ErasureRun): Promise<void> {
  await consoleStore.command(
    "SET",
    consoleKeys.erasureRun(subjectOf(userId)),
    JSON.stringify(run),
    "PX",
    KEEP_MS,
  );
}

/** Say that the run is alive; see lib/redis/lease.ts. Two runs at once would erase the same keys, which is erasing them once. */
export function renewRun(
  consoleStore: Store,
  userId: Buffer,
  runId: string,
  leaseMs = LEASE_MS,
): Promise<boolean> {
  return renewLease(consoleStore, consoleKeys.erasureLock(subjectOf(userId)), runId, leaseMs);
}

/** Write the outcome and let go of the lock, unless a later run has begun meanwhile. */
export async function endRun(consoleStore: Store, userId: Buffer, run: ErasureRun): Promise<void> {
  const latest = await readRun(consoleStore, userId);
  if (latest && latest.runId !== run.runId) return;
  await writeRun(consoleStore, userId, run);
  await releaseLease(consoleStore, consoleKeys.erasureLock(subjectOf(userId)), run.runId);
}
