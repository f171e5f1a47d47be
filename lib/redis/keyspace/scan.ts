/** Walking the keyspace: the only place that says SCAN. Everything here is O(keys on the server). */
import { toArray, toBuffers, toText } from "../reply";
import type { Store } from "../store";

/** 1,000 a call: a million keys in about 1.6 s, without holding the server for more than a millisecond. */
const SCAN_COUNT = 1_000;

/**
 * Keys that match a pattern, batch by batch. A key may come twice and a key written meanwhile may be missed:
 * that is SCAN's guarantee, and callers that need more (erasure) walk until two passes agree.
 */
export async function* scanKeys(store: Store, pattern: Buffer): AsyncGenerator<Buffer[]> {
  let cursor = "0";
  do {
    const reply = toArray(await store.command("SCAN", cursor, "MATCH", pattern, "COUNT", SCAN_COUNT));
    cursor = toText(reply[0]);
    const keys = toBuffers(reply[1]);
    if (keys.length > 0) yield keys;
  } while (cursor !== "0");
}
