import type { MemorySummary } from "@/lib/redis/memories/types";

/** Everything that is wrong with a memory, in sentences. Whether it is indexed is told on its own. */
export function problemsOf(memory: MemorySummary): string[] {
  return [memory.contentProblem, memory.importance.problem, memory.timestampProblem, ...memory.notes].filter(
    (problem) => problem !== undefined,
  );
}
