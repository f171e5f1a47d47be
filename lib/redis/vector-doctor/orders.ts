/** Pausing, going on with and stopping the doctor's work by its short name. */
import { SafeError } from "../../errors";
import type { JobContext } from "../jobs/job";
import { cancelJob, pauseJob, resumeJob } from "../jobs/run-job";
import { checkJob } from "./check";
import { CLEAN_UP_SCOPE, cleanUpJob } from "./clean-up";
import { dryRunJob, fillJob, repairJob } from "./repair";

export type DoctorJob = "check" | "dry-run" | "repair" | "fill" | "clean-up";

interface Order {
  index: string | null;
  job: DoctorJob;
}

const KINDS: Record<DoctorJob, string> = {
  check: checkJob.kind,
  "dry-run": dryRunJob.kind,
  repair: repairJob.kind,
  fill: fillJob.kind,
  "clean-up": cleanUpJob.kind,
};

function scopeOf({ index, job }: Order): string {
  if (job === "clean-up") return CLEAN_UP_SCOPE;
  if (index !== null) return index;
  throw new SafeError("invalid_input", "index: must be said", { field: "index" });
}

/** @throws SafeError `conflict` when it is not going on, like all of these */
export function pauseDoctor(context: JobContext, order: Order): Promise<void> {
  return pauseJob(context, scopeOf(order), KINDS[order.job]);
}

export function cancelDoctor(context: JobContext, order: Order): Promise<void> {
  return cancelJob(context, scopeOf(order), KINDS[order.job]);
}

export async function resumeDoctor(context: JobContext, order: Order): Promise<{ started: boolean }> {
  const options = { scope: scopeOf(order) };
  switch (order.job) {
    case "check":
      return startedOf(await resumeJob(context, checkJob, options));
    case "dry-run":
      return startedOf(await resumeJob(context, dryRunJob, options));
    case "repair":
      return startedOf(await resumeJob(context, repairJob, options));
    case "fill":
      return startedOf(await resumeJob(context, fillJob, options));
    case "clean-up":
      return startedOf(await resumeJob(context, cleanUpJob, options));
  }
}

export function startedOf({ started }: { started: boolean }): { started: boolean } {
  return { started };
}
