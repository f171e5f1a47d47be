/** Beginning long work over many memories, ordering it about, and what a page shows of it. */
import { openRef } from "../../refs";
import type { JobContext } from "../jobs/job";
import { readJob } from "../jobs/job-state";
import { type JobView, jobView } from "../jobs/job-view";
import { cancelJob, pauseJob, resumeJob, startJob } from "../jobs/run-job";
import type { Store } from "../store/store";
import { BULK_KIND, type BulkInput, type BulkState, bulkJob } from "./bulk-job";
import { requirePossible } from "./bulk-preview";
import { sealOrder } from "./bulk-scope";
import type { MemoryFilter } from "./memory-filter";
import type { BulkChange, BulkView } from "./types";

type Context = JobContext & { operator: { name: string } };

interface AskedFilter extends Omit<MemoryFilter, "notIndexed" | "withLife"> {
  notIndexed?: "1";
  withLife?: "1";
}

export type AskedScope = { memories: string[] } | { filter: AskedFilter };

/** As the operations take it. */
export function scopeOf(asked: AskedScope) {
  if ("memories" in asked) return asked;
  const { notIndexed, withLife, ...filter } = asked.filter;
  return { filter: { ...filter, notIndexed: notIndexed === "1", withLife: withLife === "1" } };
}

/** Work of this person that is still going on is answered with instead: `started` false. */
export async function startBulk(
  context: Context,
  { ref, scope, change }: { ref: string; scope: AskedScope; change: BulkChange },
): Promise<{ started: boolean }> {
  const subject = context.subject ?? "";
  requirePossible(openRef("user", ref), change);
  const input: BulkInput = {
    user: ref,
    by: { id: context.operator.id, name: context.operator.name },
    what: change.what,
    order: sealOrder(subject, { scope: scopeOf(scope), change }),
  };
  const { started } = await startJob(context, bulkJob, { scope: subject, input });
  return { started };
}

export async function orderBulk(
  context: Context,
  { order }: { ref: string; order: "pause" | "resume" | "cancel" },
): Promise<{ ordered: true }> {
  const subject = context.subject ?? "";
  if (order === "resume") await resumeJob(context, bulkJob, { scope: subject });
  else await (order === "pause" ? pauseJob : cancelJob)(context, subject, BULK_KIND);
  return { ordered: true };
}

/** The last one of this person; null when there was none in 30 days. */
export async function readBulk(consoleStore: Store, subject: string): Promise<BulkView | null> {
  const record = await readJob<BulkInput, BulkState>(consoleStore, subject, BULK_KIND);
  const job: JobView<BulkState> | null = jobView(record);
  return record && job && { ...job, what: record.input.what };
}
