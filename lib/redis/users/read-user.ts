/** The head of one person's pages: what there is of them now, from their keys and not from the survey. */
import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import { measureUserKeys } from "../keyspace/survey-user";
import type { Store } from "../store/store";
import type { UserHead } from "./schema";

/**
 * Keys, approximate bytes and the last sign of life of a person.
 *
 * The last sign of life is the newest of: the newest message of each session, the time of each memory, the begin
 * of each counter's window. A person without a key is an answer (`exists: false`), not an error: their address
 * stays good after an erasure.
 */
export async function readUser(store: Store, consoleStore: Store, userId: Buffer): Promise<UserHead> {
  const { facts, total, complete, scannedAtMs } = await measureUserKeys(store, consoleStore, userId);
  const head: UserHead = {
    ref: sealRef("user", userId),
    label: displayBytes(userId),
    exists: total > 0,
    keys: total,
    sizeBytes: 0,
    classes: {
      sessions: { keys: 0, sizeBytes: 0 },
      "rate-limits": { keys: 0, sizeBytes: 0 },
      memories: { keys: 0, sizeBytes: 0 },
      disputed: { keys: 0, sizeBytes: 0 },
    },
    lastActivityMs: null,
    isActivityOrLater: false,
    complete,
    scannedAtMs,
  };
  for (const fact of facts) {
    const size = fact.sizeBytes ?? 0;
    head.sizeBytes += size;
    head.classes[fact.class].keys += 1;
    head.classes[fact.class].sizeBytes += size;
    if (fact.lastActivityMs !== null && fact.lastActivityMs > (head.lastActivityMs ?? 0)) {
      head.lastActivityMs = fact.lastActivityMs;
      head.isActivityOrLater = fact.class === "rate-limits";
    }
  }
  return head;
}
