/**
 * What the console itself keeps about a person: overrides of rate limits, whose field names hold the id; who changed
 * them and why; and for some seconds what a change took away, so that it can be undone.
 */
import { subjectOf } from "../../subjects";
import { consoleKeys } from "../console-keys";
import { eraseJobs } from "../jobs/job-state";
import { rateLimitWindows } from "../rate-limit-config";
import { overrideField } from "../rate-limit-settings";
import { toArray, toInt } from "../reply";
import type { Store } from "../store";

function fieldsOf(userId: Buffer): Buffer[] {
  return rateLimitWindows().map((window) => overrideField(userId, window));
}

/** @returns how many entries of this person there are */
export async function countConsoleState(consoleStore: Store, userId: Buffer): Promise<number> {
  const key = consoleKeys.rateLimitOverrides();
  const values = toArray(await consoleStore.command("HMGET", key, ...fieldsOf(userId)));
  return values.filter((value) => value !== null).length;
}

/**
 * @returns how many entries were erased. What could still be undone, and the history of limits, go uncounted: both are
 *   kept under a keyed hash and end by themselves.
 */
export async function eraseConsoleState(consoleStore: Store, userId: Buffer): Promise<number> {
  const subject = subjectOf(userId);
  await eraseJobs(consoleStore, subject);
  await consoleStore.command("DEL", consoleKeys.undo(subject), consoleKeys.rateLimitChanges(subject));
  return toInt(await consoleStore.command("HDEL", consoleKeys.rateLimitOverrides(), ...fieldsOf(userId)));
}
