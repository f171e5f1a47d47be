import type { MemorySummary } from "@/lib/redis/memories/types";

/** Everything that is wrong with a memory, in sentences. Why it is not indexed is told on its own, and not twice. */
export function problemsOf(memory: MemorySummary): string[] {
  const { contentProblem, importance, timestampProblem, notes } = memory;
  return [contentProblem, importance.problem, timestampProblem, ...notes]
    .filter((problem) => problem !== undefined)
    .filter((problem) => clauseOf(problem) !== clauseOf(memory.indexed.reason ?? ""));
}

/** The sentences of a card, where no part of its own tells of the embedding. */
export function cardProblems(memory: MemorySummary, withIndexed: boolean): string[] {
  const { indexed, timestampProblem = "", embedding } = memory;
  const reason = withIndexed && indexed.state !== "yes" ? indexed.reason : undefined;
  const rest = problemsOf(withIndexed ? memory : { ...memory, indexed: { state: indexed.state } });
  const vector =
    embedding.problem && clauseOf(embedding.problem) !== clauseOf(reason ?? "") ? [embedding.problem] : [];
  return [...rest, ...vector, ...(reason ? [withValue(reason, timestampProblem)] : [])];
}

/** What two sentences share that say the same, one with the value after a colon and one with what comes of it. */
function clauseOf(sentence: string): string {
  return sentence.split(": ", 1)[0]!.replace(/\.$/, "");
}

/** The reason with the value that the problem of the same clause quotes. */
function withValue(reason: string, problem: string): string {
  const clause = clauseOf(reason);
  if (!problem.startsWith(`${clause}: `) || !reason.startsWith(`${clause}: `)) return reason;
  return `${problem}. ${reason.slice(clause.length + 2)}`;
}
