/** Taking one memory away. */
import { forgetUserKeys } from "../keyspace/user-keys";
import { toText } from "../reply";
import type { Store } from "../store";
import { keyOf, type MemoryName } from "./memory-ref";
import { notTheirs } from "./ownership";
import { OWNED_LUA } from "./version";

/** Looking whose it is and deleting it are one step: between two, the key could become somebody else's. */
const DELETE = `
${OWNED_LUA}
local state = owned(KEYS[1], ARGV[1])
if state == 'ok' then redis.call('UNLINK', KEYS[1]) end
return state`;

/**
 * UNLINKs exactly this key, if it is a memory of exactly this person.
 * @throws SafeError `not_found` when it is gone already, `conflict` when its owner is in doubt
 */
export async function deleteMemory(
  store: Store,
  { userId, memory }: { userId: Buffer; memory: MemoryName },
): Promise<{ deleted: true }> {
  try {
    const state = toText(await store.command("EVAL", DELETE, 1, keyOf(userId, memory), userId));
    if (state !== "ok") throw notTheirs(state);
    return { deleted: true };
  } finally {
    forgetUserKeys(store, userId);
  }
}
