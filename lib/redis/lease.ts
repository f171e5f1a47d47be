/**
 * The right to do one piece of long work, held by one process at a time: a key with a short life that the holder keeps
 * renewing. Whoever dies loses it by itself.
 */
import { toInt, toText } from "./store/reply";
import type { Store } from "./store/store";

/** Work that does not renew its lease for so long is taken for interrupted. */
export const LEASE_MS = 10_000;

/** @returns false when another holds it */
export async function takeLease(
  consoleStore: Store,
  key: string,
  holder: string,
  ms = LEASE_MS,
): Promise<boolean> {
  return (await consoleStore.command("SET", key, holder, "NX", "PX", ms)) !== null;
}

/**
 * Say that the work is alive.
 * @returns false when the lease is another's, or gone: then the work must stop. (Between the look and the renewal
 *   another could begin: what a lease guards must bear being done twice.)
 */
export async function renewLease(
  consoleStore: Store,
  key: string,
  holder: string,
  ms = LEASE_MS,
): Promise<boolean> {
  if (!(await holdsLease(consoleStore, key, holder))) return false;
  return toInt(await consoleStore.command("PEXPIRE", key, ms)) === 1;
}

/** Let go of it, unless it is another's meanwhile. */
export async function releaseLease(consoleStore: Store, key: string, holder: string): Promise<void> {
  if (await holdsLease(consoleStore, key, holder)) await consoleStore.command("DEL", key);
}

async function holdsLease(consoleStore: Store, key: string, holder: string): Promise<boolean> {
  const reply = await consoleStore.command("GET", key);
  return reply !== null && toText(reply) === holder;
}
