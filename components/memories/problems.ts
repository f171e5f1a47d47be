import type { MemorySummary } from "@/lib/redis/memories/types";

/** Everything that is wrong with a memory, in sentences. Why it is not indexed is told on its own, and not twice. */
export function problemsOf(memory: MemorySummary): string[] {
  const reason = memory.indexed.reason ?? "";
  return [memory.contentProblem, memory.importance.problem, memory.timestampProblem, ...memory.notes]
    .filter((problem) => problem !== undefined)
    .filter((problem) => !reason.startsWith(problem.replace(/\.$/, "")));
}
