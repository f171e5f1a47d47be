/**
 * What the console itself keeps about a person: overrides of rate limits, whose field names hold the id; who changed
 * them and why; what operators changed of memories; recall questions about them, until they are deleted;
 * which of their memories an index's doctor shows as examples; for an hour how they were before somebody played the assistant for them; and for some seconds what a change took away,
 * so that it can be undone.
 */
import { subjectOf } from "../../subjects";
import { consoleKeys } from "../console-keys";
import { eraseJobs } from "../jobs/job-state";
import { countOverrides, forgetOverrides } from "../limiter/settings";
import { eraseExamples } from "../query-engine/fault-examples";
import { toInt } from "../store/reply";
import type { Store } from "../store/store";

/** @returns how many entries of this person there are */
export async function countConsoleState(consoleStore: Store, userId: Buffer): Promise<number> {
  const questions = await consoleStore.command("HLEN", consoleKeys.recallQuestions(subjectOf(userId)));
  return toInt(questions) + (await countOverrides(consoleStore, userId));
}

/**
 * @returns how many entries were erased. What could still be undone, and the history of limits and of memories, go
 *   uncounted: they are kept under a keyed hash and end by themselves.
 */
export async function eraseConsoleState(consoleStore: Store, userId: Buffer): Promise<number> {
  const subject = subjectOf(userId);
  await eraseJobs(consoleStore, subject);
  await eraseExamples(consoleStore, subject);
  const kept = [
    ...[consoleKeys.undo, consoleKeys.rateLimitChanges, consoleKeys.memoryHistory],
    consoleKeys.playground,
  ];
  const [questions] = await consoleStore.transaction([
    ["HLEN", consoleKeys.recallQuestions(subject)],
    ["DEL", consoleKeys.recallQuestions(subject)],
    ["SREM", consoleKeys.recallPeople(), subject],
  ]);
  // One by one: in a cluster they lie in different slots.
  await Promise.all(kept.map((keyOf) => consoleStore.command("DEL", keyOf(subject))));
  return toInt(questions) + (await forgetOverrides(consoleStore, userId));
}
