/** Every key that could be one person's, each with its verdict. One walk over the keyspace for each form of the name. */
import { bareUserKey, concerns, type DisputeReason, keyGrammar, userPatterns } from "../keys";
import { type ClaimedKey, claimKeys } from "../keyspace/claims";
import { scanKeys } from "../keyspace/scan";
import type { Store } from "../store";

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
 * SCAN's guarantees hold: a key may come twice, one written meanwhile may be missed. Batches are small (about
 * 1,000 keys looked at), so memory stays bounded whatever the person has.
 */
export async function* walkPerson(store: Store, userId: Buffer): AsyncGenerator<WalkedBatch> {
  const grammar = keyGrammar();
  const bare = [false, true].map((hashTag) => bareUserKey(userId, { ...grammar, hashTag }));
  yield judge(userId, await claimKeys(store, bare));
  for (const pattern of userPatterns(userId, grammar)) {
    for await (const batch of scanKeys(store, pattern)) {
      yield judge(userId, await claimKeys(store, batch));
    }
  }
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
