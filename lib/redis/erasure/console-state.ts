/** What the console itself keeps about a person: overrides of rate limits, whose field names hold the id. */
import { consoleKeys } from "../console-keys";
import { overrideField } from "../rate-limit-settings";
import { RATE_LIMIT_WINDOWS } from "../rate-limit-windows";
import { toArray, toInt } from "../reply";
import type { Store } from "../store";

function fieldsOf(userId: Buffer): Buffer[] {
  return RATE_LIMIT_WINDOWS.map((window) => overrideField(userId, window));
}

/** @returns how many entries of this person there are */
export async function countConsoleState(consoleStore: Store, userId: Buffer): Promise<number> {
  const key = consoleKeys.rateLimitOverrides();
  const values = toArray(await consoleStore.command("HMGET", key, ...fieldsOf(userId)));
  return values.filter((value) => value !== null).length;
}

/** @returns how many entries were erased */
export async function eraseConsoleState(consoleStore: Store, userId: Buffer): Promise<number> {
  return toInt(await consoleStore.command("HDEL", consoleKeys.rateLimitOverrides(), ...fieldsOf(userId)));
}
