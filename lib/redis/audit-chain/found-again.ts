/** What a writer that lost sight of the chain finds when it looks again. */
import type { Store } from "../store/store";
import { parseLine } from "./canonical";
import type { AuditEntry } from "./entry";
import { readLines, type StoredChain } from "./stored";

/** An entry's place in the chain, which no other entry can have. */
export interface Place {
  seq: number;
  hash: string;
}

async function entryAt(store: Store, { seq, hash }: Place): Promise<AuditEntry | null> {
  const [stored] = await readLines(store, seq, seq, 1);
  const entry = stored ? parseLine(stored.line)?.entry : undefined;
  return entry?.hash === hash ? entry : null;
}

/** For each list of places: the entry that stands in one of them, or null. */
export async function findWritten(store: Store, sent: readonly Place[][]): Promise<(AuditEntry | null)[]> {
  return Promise.all(
    sent.map(async (places) => {
      const found = await Promise.all(places.map((place) => entryAt(store, place)));
      return found.find((entry) => entry !== null) ?? null;
    }),
  );
}

/**
 * Did Redis lose what it had acknowledged (a power cut, a failover to a replica that was behind, FLUSHALL)?
 * @returns a sentence for the log, null when all is there
 */
export async function findLoss(
  store: Store,
  chain: StoredChain,
  acknowledged: Place | null,
): Promise<string | null> {
  if (acknowledged === null || acknowledged.seq <= (chain.base?.seq ?? 0)) return null;
  if (await entryAt(store, acknowledged)) return null;
  const { seq, hash } = acknowledged;
  return `Entry ${seq} (${hash}) was acknowledged by Redis and is gone; the chain goes on after entry ${chain.head?.seq ?? 0}.`;
}
