/** What operators did to one memory, and whether somebody else changed it since. */
import { isError, toArray, toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import { readHistory } from "./history";
import type { MemoryHistory } from "./history-schema";
import { keyOf, type MemoryName } from "./memory-ref";
import { VERSIONED_FIELDS, versionOf } from "./version";

export async function readMemoryHistory(
  store: Store,
  consoleStore: Store,
  { userId, memory }: { userId: Buffer; memory: MemoryName },
): Promise<MemoryHistory> {
  const [reply] = await store.pipeline([["HMGET", keyOf(userId, memory), ...VERSIONED_FIELDS]]);
  const values = isError(reply) ? [] : toArray(reply).map((value) => toBufferOrNull(value));
  const isThere = values.some((value) => value !== null);
  return readHistory(consoleStore, { userId, memory, version: isThere ? versionOf(values) : null });
}
