/** Every key that could be one person's, each with its verdict. One walk over the keyspace for each form of the name. */
import { bareUserKey, concerns, type DisputeReason, keyGrammar, userPatterns } from "../keys";
import { type ClaimedKey, claimKeys } from "../keyspace/claims";
import { scanKeys } from "../keyspace/scan";
import type { Store } from "../store/store";

export interface ConcernedKey extends ClaimedKey {
  /** `owned`, or why it is in doubt. */
  concern: "owned" | DisputeReason;
}

export interface WalkedBatch {
  concerned: ConcernedKey[];
  /** Keys under the same prefix that are plainly another person's. */
  others: ClaimedKey[];
}

/**
 * Names that could be this person's, a batch at a time. SCAN's guarantees hold: a key may come twice, one written
 * meanwhile may be missed; it throws where a cluster's moves would hide more. Batches are about as many as SCAN looks at in one call, so memory stays bounded.
 */
export async function* walkNames(store: Store, userId: Buffer): AsyncGenerator<Buffer[]> {
  const grammar = keyGrammar();
  yield [false, true].map((hashTag) => bareUserKey(userId, { ...grammar, hashTag }));
  for (const pattern of userPatterns(userId, grammar)) yield* scanKeys(store, pattern, true);
}

/** Judge names that {@link walkNames} brought. Keys that are gone are left out. */
export async function judgeWalked(
  store: Store,
  userId: Buffer,
  names: readonly Buffer[],
): Promise<WalkedBatch> {
  return judge(userId, await claimKeys(store, names));
}

function judge(userId: Buffer, keys: ClaimedKey[]): WalkedBatch {
  const walked: WalkedBatch = { concerned: [], others: [] };
  for (const key of keys) {
    const concern = concerns(userId, key.claim, key.userIdField);
    if (concern === null) walked.others.push(key);
    else walked.concerned.push({ ...key, concern });
  }
  return walked;
}

/**
 * Keys that somebody named (an index, a person who ticked them) instead of a walk: are they this person's business?
 * Unlike in a walk, their name proves nothing yet.
 */
export async function judgeNamed(
  store: Store,
  userId: Buffer,
  keys: readonly Buffer[],
): Promise<ConcernedKey[]> {
  const claimed = await claimKeys(store, keys);
  return judge(
    userId,
    claimed.filter((key) => liesUnder(userId, key.key) || key.userIdField?.equals(userId)),
  ).concerned;
}

/** Is it one of the names a walk for this person would look at? */
export function liesUnder(userId: Buffer, key: Buffer): boolean {
  const grammar = keyGrammar();
  return [false, true].some((hashTag) => {
    const bare = bareUserKey(userId, { ...grammar, hashTag });
    return (
      key.equals(bare) || key.subarray(0, bare.length + 1).equals(Buffer.concat([bare, Buffer.from(":")]))
    );
  });
}
