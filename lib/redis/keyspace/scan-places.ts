/**
 * A walk over the keyspace that can be left and gone on with: where SCAN was, small enough to be written down. O(keys on
 * the server), like every walk.
 */
import { createHash } from "node:crypto";
import { SafeError } from "../../errors";
import { isError, toText } from "../store/reply";
import type { Store } from "../store/store";
import { scanOnce } from "./scan";

export interface ScanPlace {
  /** Which servers were walked; with others, or after a restart, a cursor means nothing. */
  servers: string;
  /** Of several, the one that is being walked: 0 is the first. */
  node: number;
  cursor: string;
}

export interface PlacedKeys {
  keys: Buffer[];
  /** From where to go on. */
  place: ScanPlace;
}

/** Is this still a place that a walk can go on from? After a restart SCAN has another order, and would miss keys. */
export async function isStillThere(store: Store, place: ScanPlace): Promise<boolean> {
  return place.servers === (await serversOf(store));
}

/**
 * Keys that match a pattern, in batches of about `count` that SCAN looks at, from a place on. SCAN's guarantees hold: a
 * key may come twice, one written meanwhile may be missed.
 * @param from null: the beginning. One that {@link isStillThere} denies is the beginning too.
 * @throws SafeError `store_refused` when other servers serve than at the beginning
 */
export async function* scanFrom(
  store: Store,
  pattern: Buffer,
  { from, count }: { from: ScanPlace | null; count: number },
): AsyncGenerator<PlacedKeys> {
  const servers = await serversOf(store);
  const nodes = await store.nodes();
  const { topology } = store;
  const begin = from?.servers === servers ? from : { servers, node: 0, cursor: "0" };
  for (let node = begin.node; node < nodes.length; node += 1) {
    let cursor = node === begin.node ? begin.cursor : "0";
    do {
      const batch = await scanOnce(nodes[node]!, cursor, pattern, count);
      cursor = batch.cursor;
      const isLast = cursor === "0";
      yield { keys: batch.keys, place: { servers, node: isLast ? node + 1 : node, cursor } };
      if (store.topology !== topology) throw elsewhere();
    } while (cursor !== "0");
  }
}

function elsewhere(): SafeError {
  return new SafeError("store_refused", "Other servers serve this store than when the walk began.", {
    hint: "Go on: it begins anew, and what was done stays done.",
  });
}

/** Names and run ids of all servers that hold keys; where INFO may not be asked, their names alone. */
async function serversOf(store: Store): Promise<string> {
  const [nodes, infos] = await Promise.all([store.nodes(), store.everyNode("INFO", "server")]);
  const hash = createHash("sha256");
  for (const [at, { name }] of nodes.entries()) {
    const info = infos[at];
    const runId = info === undefined || isError(info) ? "" : /^run_id:(\w+)/m.exec(toText(info))?.[1];
    hash.update(`${name} ${runId}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}
