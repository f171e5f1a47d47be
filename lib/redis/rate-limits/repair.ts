/** The repairs: take a counter away, give it the life its window has, take the life of all of them off the key. */
import { SafeError } from "../../errors";
import { rateLimitKey } from "../keys";
import { touchKeys } from "../keyspace/kept-of-person";
import { windowNamed } from "../limiter/config";
import { MAX_VALUE_BYTES } from "../limiter/counters";
import { counterValue } from "../limiter/windows";
import { toArray, toBufferOrNull, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { KeepKeyResult, RepairResult, ResetResult } from "./schema";

export interface CounterInput {
  userId: Buffer;
  window: string;
}

/**
 * Take the counter of one window away, so that the next request begins a new window with 1.
 * One MULTI { HSTRLEN, HGET, HDEL }: the count that is reported is the one that was removed. The last field takes
 * the key with it.
 * @throws WRONGTYPE as the store's error, when the key is no hash
 */
export async function resetWindow(store: Store, { userId, window }: CounterInput): Promise<ResetResult> {
  const key = rateLimitKey(userId);
  const { field } = windowNamed(window);
  const value = await counterBytes(store, key, field);
  const [old, removed] = await store.transaction([
    value.long ? ["HSTRLEN", key, field] : ["HGET", key, field],
    ["HDEL", key, field],
  ]);
  touchKeys(store, userId, key);
  return {
    removed: toInt(removed) === 1,
    oldCount: value.long ? null : countOf(toBufferOrNull(old)),
  };
}

/**
 * Give a counter that has no life (stuck: HPTTL -1), or a longer one than its window, the full length of its window
 * from now. Its count stays: whoever is over the limit is let in when the window ends, not at once.
 * HEXPIRE … LT takes no life for an endless one and does nothing to a field that ends earlier, so a healthy one is
 * never touched, whatever happened between looking and clicking. One MULTI { HEXPIRE LT, HPTTL, HGET }.
 * @throws WRONGTYPE as the store's error, when the key is no hash
 */
export async function repairStuckCounter(
  store: Store,
  { userId, window }: CounterInput,
): Promise<RepairResult> {
  const key = rateLimitKey(userId);
  const { field, seconds } = windowNamed(window);
  const value = await counterBytes(store, key, field);
  const [expire, life, raw] = await store.transaction([
    ["HEXPIRE", key, seconds, "LT", "FIELDS", 1, field],
    ["HPTTL", key, "FIELDS", 1, field],
    value.long ? ["HSTRLEN", key, field] : ["HGET", key, field],
  ]);
  // Per field: 1 set, 0 it ends earlier already, -2 no such field.
  const answer = toInt(toArray(expire)[0]);
  if (answer === -2) return { outcome: "gone", count: null, resetInMs: null };
  return {
    outcome: answer === 1 ? "repaired" : "healthy",
    count: value.long ? null : countOf(toBufferOrNull(raw)),
    resetInMs: Math.max(0, toInt(toArray(life)[0])),
  };
}

/**
 * Take the life off the key as a whole (an EXPIRE on the hash), which would take all counters with it whatever their
 * own lives, one that blocks somebody for a day included. The fields keep theirs.
 * @throws SafeError `conflict` for a key that is no hash: keeping what an unknown program wrote repairs nothing
 */
export async function keepCounters(store: Store, { userId }: { userId: Buffer }): Promise<KeepKeyResult> {
  const key = rateLimitKey(userId);
  const type = toText(await store.command("TYPE", key));
  if (type === "none") return { outcome: "gone" };
  if (type !== "hash") {
    throw new SafeError("conflict", "This key holds another type of value than a hash of counters.", {
      hint: "Find out which program writes it.",
    });
  }
  const persisted = toInt(await store.command("PERSIST", key));
  touchKeys(store, userId, key);
  return { outcome: persisted === 1 ? "repaired" : "healthy" };
}

/** A value too long for a counter is never fetched; the length is asked before, because no command has an upper bound. */
async function counterBytes(store: Store, key: Buffer, field: string): Promise<{ long: boolean }> {
  return { long: toInt(await store.command("HSTRLEN", key, field)) > MAX_VALUE_BYTES };
}

function countOf(raw: Buffer | null): number | null {
  return raw === null ? null : counterValue(raw);
}
