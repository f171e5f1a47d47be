import type { ClassCounts } from "./schema";

export function noCounts(): ClassCounts {
  return { sessions: 0, "rate-limits": 0, memories: 0, disputed: 0, console: 0 };
}

export function totalOf(counts: ClassCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Keys of the assistant's store in these counts; console state lies elsewhere. */
export function keysOf(counts: ClassCounts): number {
  return totalOf(counts) - counts.console;
}
