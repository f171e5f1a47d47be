import type { ClassCounts, ErasurePreview, ErasureRun } from "@/lib/redis/erasure/schema";

/** What an erasure would take: everything owned, and the disputed keys that are ticked. */
export function planOf(preview: ErasurePreview, ticked: number): ClassCounts {
  const plan: ClassCounts = { sessions: 0, "rate-limits": 0, memories: 0, disputed: ticked, console: 0 };
  for (const holding of preview.holdings) plan[holding.class] += holding.keys;
  return plan;
}

/** Did somebody write keys of this person after they were erased? */
export function writtenSince(preview: ErasurePreview, run: ErasureRun | null): boolean {
  const gone = run?.status === "verified" || (run?.status === "partial" && run.stillWritten === null);
  return gone && preview.keys > 0 && preview.checkedAtMs > (run?.finishedAtMs ?? 0);
}
