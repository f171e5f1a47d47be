/**
 * Hits that an index gave under one person's id and that belong to another: how many were held back, and when last. Kept
 * in the console's state by the index's name; of people there is nothing in it.
 */
import { consoleKeys } from "../console-keys";
import { toInt, toMap } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";

export interface ForeignHits {
  /** Hits held back since the first one; the same memory counts each time that it is found. */
  count: number;
  lastAtMs: number;
}

/** Forgotten when for so long no more are found. */
const KEPT_SECONDS = 90 * 86_400;

/** Index names are few, but whoever creates and drops them may invent many. */
const MAX_INDEXES = 200;

/** One round trip, none for 0. */
export async function recordForeignHits(
  consoleStore: Store,
  index: string,
  count: number,
  nowMs = Date.now(),
): Promise<void> {
  if (count <= 0) return;
  const key = consoleKeys.foreignHits();
  const commands: Command[] = [
    ["HINCRBY", key, `count:${index}`, count],
    ["HSET", key, `at:${index}`, nowMs],
    ["EXPIRE", key, KEPT_SECONDS],
    ["HLEN", key],
  ];
  const fields = toInt((await consoleStore.pipeline(commands))[3]);
  if (fields > MAX_INDEXES * 2) await consoleStore.command("UNLINK", key);
}

/** By the index's name. One round trip. */
export async function readForeignHits(consoleStore: Store): Promise<Map<string, ForeignHits>> {
  const fields = toMap(await consoleStore.command("HGETALL", consoleKeys.foreignHits()));
  const read = new Map<string, ForeignHits>();
  for (const [name, count] of fields) {
    if (!name.startsWith("count:")) continue;
    const index = name.slice("count:".length);
    read.set(index, { count: toInt(count), lastAtMs: toInt(fields.get(`at:${index}`) ?? 0) });
  }
  return read;
}

/** After the index was made anew, what the old one did is no finding any more. */
export async function forgetForeignHits(consoleStore: Store, index: string): Promise<void> {
  await consoleStore.command("HDEL", consoleKeys.foreignHits(), `count:${index}`, `at:${index}`);
}
