/**
 * Sign-in attempts, counted before the password is looked at, with the assistant's own kind of limiter: a field of
 * `console:doors:{who}` that ends by itself. A name that does not exist is counted like one that does.
 */
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { COMMANDS_PER_COUNT, countCommands, readCount } from "../limiter/fixed-window";
import type { Store } from "../store/store";
import { knockDigest } from "./digests";
import { comparedName } from "./operator-names";

export interface AttemptLimits {
  perAccount: number;
  perAddress: number;
  windowSeconds: number;
}

export const ATTEMPT_LIMITS: AttemptLimits = { perAccount: 10, perAddress: 50, windowSeconds: 15 * 60 };

const FIELD = "attempts";

function accountKey(name: string): string {
  return consoleKeys.door(knockDigest("account", comparedName(name)));
}

/**
 * @param who without an address for somebody who is signed in already
 * @throws SafeError `too_many_requests`, with the wait in words
 */
export async function countAttempt(
  consoleStore: Store,
  who: { name: string; address?: string },
  limits: AttemptLimits = ATTEMPT_LIMITS,
): Promise<void> {
  const doors: [key: string, limit: number][] = [[accountKey(who.name), limits.perAccount]];
  if (who.address !== undefined) {
    doors.push([consoleKeys.door(knockDigest("address", who.address)), limits.perAddress]);
  }
  const replies = await consoleStore.transaction(
    doors.flatMap(([key]) => countCommands(key, FIELD, limits.windowSeconds)),
  );
  const waits = doors.flatMap(([, limit], at) => {
    const { count, resetInMs } = readCount(replies, at * COMMANDS_PER_COUNT);
    return count > limit ? [resetInMs] : [];
  });
  if (waits.length === 0) return;
  throw new SafeError("too_many_requests", "Too many attempts to sign in.", {
    hint: `Try again in ${waitInWords(Math.max(...waits))}.`,
  });
}

/** After a success: the attempts before it were the operator's own. Those of the address stay counted. */
export async function forgetAttempts(consoleStore: Store, name: string): Promise<void> {
  await consoleStore.command("HDEL", accountKey(name), FIELD);
}

/** `14 minutes`, `1 second`; rounded up. */
export function waitInWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const [many, unit] = seconds > 90 ? [Math.ceil(seconds / 60), "minute"] : [seconds, "second"];
  return `${many} ${unit}${many === 1 ? "" : "s"}`;
}
