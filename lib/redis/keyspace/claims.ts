/** Reading, for a batch of keys, what decides whose they are: the type, and the `user_id` of hashes. */
import { type Claim, claimOf, parseKey } from "../keys";
import { isError, toBufferOrNull, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";

export interface ClaimedKey {
  key: Buffer;
  /** As TYPE answers: list, hash, string … */
  type: string;
  /** Raw `user_id` of a hash. */
  userIdField: Buffer | null;
  claim: Claim;
}

/** All but sessions: counters or a stray hash that say whose they are must not go to whom their name suggests. */
export function mayNameUser(key: Buffer): boolean {
  return parseKey(key)?.class !== "sessions";
}

/** One round trip for the whole batch. Keys that are gone meanwhile are left out. */
export async function claimKeys(store: Store, keys: readonly Buffer[]): Promise<ClaimedKey[]> {
  const commands: Command[] = [];
  for (const key of keys) {
    commands.push(["TYPE", key]);
    if (mayNameUser(key)) commands.push(["HGET", key, "user_id"]);
  }
  const replies = await store.pipeline(commands);
  const claimed: ClaimedKey[] = [];
  let at = 0;
  for (const key of keys) {
    const type = toText(replies[at++]);
    let userIdField: Buffer | null = null;
    if (mayNameUser(key)) {
      const field = replies[at++];
      // WRONGTYPE: no hash, so no field; the claim's type check says the rest. Any other refusal leaves it open whose
      // the key is, and must not read as "no user_id".
      userIdField = isError(field) && /^WRONGTYPE/.test(field.message) ? null : toBufferOrNull(field);
    }
    if (type !== "none") claimed.push({ key, type, userIdField, claim: claimOf(key, type, userIdField) });
  }
  return claimed;
}
