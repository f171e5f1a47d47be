/** Walking the keyspace: the only place that says SCAN. Everything here is O(keys on the server). */
import { SafeError } from "../../errors";
import { slotOfPattern } from "../store/cluster-slots";
import { toArray, toBuffers, toText } from "../store/reply";
import type { Store, StoreNode } from "../store/store";

/** 1,000 a call: a million keys in about 1.6 s, without holding the server for more than a millisecond. */
const SCAN_COUNT = 1_000;
/** Of a walk over a cluster that changes under it. */
const MAX_BEGINNINGS = 5;

/**
 * Keys that match a pattern, batch by batch. A key may come twice and a key written meanwhile may be missed:
 * that is SCAN's guarantee, and callers that need more (erasure) walk until two passes agree.
 *
 * In a cluster every primary is walked, one after the other, and one alone where the pattern has a hash tag. When
 * slots have other holders in the end than in the beginning, a key may have gone from a node not yet walked to one
 * already walked, so the walk begins again. What no walk can see is a key of a slot whose move is not finished.
 * @param whole refuse to end while such a move is under way
 * @throws SafeError `store_refused` when the cluster does not come to rest
 */
export async function* scanKeys(store: Store, pattern: Buffer, whole = false): AsyncGenerator<Buffer[]> {
  if (store.kind === "standalone") {
    for (const node of await store.nodes()) yield* scanNode(node, pattern);
    return;
  }
  for (let beginning = 0; beginning < MAX_BEGINNINGS; beginning++) {
    const nodes = await store.nodes(store.kind === "cluster" ? slotOfPattern(pattern) : null);
    const { topology } = store;
    walk: for (const node of nodes) {
      for await (const keys of scanNode(node, pattern)) {
        yield keys;
        if (store.topology !== topology) break walk;
      }
    }
    await store.refreshTopology();
    if (store.topology !== topology) continue;
    if (whole && store.kind === "cluster") await requireNoMove(store, slotOfPattern(pattern));
    return;
  }
  throw new SafeError(
    "store_refused",
    "The servers of this store keep changing: no walk over the keys ends.",
    {
      hint: "Slots are being moved or primaries replaced. Try again when that is over.",
    },
  );
}

/** A node tells of its own moves alone, as `[slot->-node]` and `[slot-<-node]` (CLUSTER NODES, redis.io). */
async function requireNoMove(store: Store, slot: number | null): Promise<void> {
  for (const reply of await store.everyNode("CLUSTER", "NODES")) {
    const moving = [...toText(reply).matchAll(/\[(\d+)-[<>]-/g)].map(([, moved]) => Number(moved));
    if (slot === null ? moving.length === 0 : !moving.includes(slot)) continue;
    throw new SafeError("store_refused", "The cluster is moving slots: keys may be on their way unseen.", {
      hint: "Do it again when the move is over. A move that was broken off is mended by redis-cli --cluster fix.",
    });
  }
}

async function* scanNode(node: StoreNode, pattern: Buffer): AsyncGenerator<Buffer[]> {
  let cursor = "0";
  do {
    const batch = await scanOnce(node, cursor, pattern, SCAN_COUNT);
    cursor = batch.cursor;
    if (batch.keys.length > 0) yield batch.keys;
  } while (cursor !== "0");
}

/** One call; "0" is the cursor of the beginning and of the end. */
export async function scanOnce(
  node: StoreNode,
  cursor: string,
  pattern: Buffer,
  count: number,
): Promise<{ cursor: string; keys: Buffer[] }> {
  const reply = toArray(await node.command("SCAN", cursor, "MATCH", pattern, "COUNT", count));
  return { cursor: toText(reply[0]), keys: toBuffers(reply[1]) };
}
