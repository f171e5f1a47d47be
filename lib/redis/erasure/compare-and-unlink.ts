/**
 * Unlinking keys that are what they are held to be. Between the look and the deletion an assistant may have given a
 * name to another type of value, or to another person; so type and `user_id` are compared at the moment of deletion.
 */

import { claimKeys, mayNameUser } from "../keyspace/claims";
import { slotOf } from "../store/cluster-slots";
import { isError, toArray, toInt } from "../store/reply";
import type { Store } from "../store/store";
import { refusalText } from "../store/store-errors";
import type { Arg, Command } from "../store/wire";
import type { ConcernedKey } from "./walk";

export interface Expected {
  key: Buffer;
  /** As TYPE answers. */
  type: string;
  /** What a hash's raw `user_id` may be, null for none; `any` where it plays no part. */
  userId: "any" | readonly (Buffer | null)[];
}

/** What became of one key. `changed`: it is not what was expected, and was left alone. */
export type Unlinked = "erased" | "gone" | "changed";

/** A judged key, expected to be what it was when it was judged. */
export function asJudged({ key, type, userIdField }: ConcernedKey): Expected {
  return { key, type, userId: mayNameUser(key) ? [userIdField] : "any" };
}

/**
 * Three arguments a key: its type, `-` when the hash may be without user_id (`*`: whatever it says), and `=` + the
 * user_id it may have. A script runs at one moment, so nothing comes between look and deletion. UNLINK is allowed
 * when memory is full, and so is a script that does nothing else.
 */
const SCRIPT = `
local out = {}
for i, key in ipairs(KEYS) do
  local kind = redis.call('TYPE', key).ok
  if kind == 'none' then
    out[i] = 0
  else
    local same = kind == ARGV[3 * i - 2]
    local without = ARGV[3 * i - 1]
    if same and kind == 'hash' and without ~= '*' then
      local field = redis.call('HGET', key, 'user_id')
      if field then same = ARGV[3 * i] == '=' .. field else same = without == '-' end
    end
    if same then out[i] = redis.call('UNLINK', key) else out[i] = 2 end
  end
end
return out
`;

const OUTCOMES: Unlinked[] = ["gone", "erased", "changed"];
/**
 * Keys a script, and scripts a round trip. Other clients wait while a script runs: 500 keys of an indexed store held
 * them for 12 ms (measured), 100 for a fifth of that.
 */
const SCRIPT_KEYS = 100;
const ROUND_KEYS = 500;

/**
 * @returns what became of each key, in order
 * @throws what the connection throws: then nobody knows which keys of the batch are gone
 */
export async function compareAndUnlink(store: Store, keys: readonly Expected[]): Promise<Unlinked[]> {
  const { mode } = await store.capabilities();
  const outcomes: Unlinked[] = [];
  for (const round of slices(keys, ROUND_KEYS)) {
    const batches = mode === "cluster" ? bySlot(round) : slices(round, SCRIPT_KEYS);
    const done = await byScript(store, batches);
    if (done === null) {
      outcomes.push(...(await byLooking(store, round)));
      continue;
    }
    const of = new Map(batches.flat().map((key, at) => [key, done[at]!]));
    outcomes.push(...round.map((key) => of.get(key)!));
  }
  return outcomes;
}

/** In a cluster the keys of one script must lie in one slot: with hash tags all of a person do, else hardly two. */
function bySlot(keys: readonly Expected[]): Expected[][] {
  const slots = new Map<number, Expected[]>();
  for (const expected of keys) {
    const slot = slotOf(expected.key);
    slots.set(slot, [...(slots.get(slot) ?? []), expected]);
  }
  return [...slots.values()].flatMap((batch) => slices(batch, SCRIPT_KEYS));
}

function slices<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
  return parts;
}

/** @returns null when this console's Redis user may not run scripts: then none has run */
async function byScript(store: Store, batches: readonly Expected[][]): Promise<Unlinked[] | null> {
  const replies = await store.pipeline(batches.map(scriptCommand));
  const refused = replies.find(isError);
  if (refused) {
    if (/^NOPERM|unknown command/.test(refusalText(refused))) return null;
    throw refused;
  }
  return replies.flatMap((reply) => toArray(reply).map((code) => OUTCOMES[toInt(code)] ?? "changed"));
}

function scriptCommand(keys: readonly Expected[]): Command {
  const expected = keys.flatMap(({ type, userId }): Arg[] => {
    if (userId === "any") return [type, "*", ""];
    const named = userId.find((id) => id !== null);
    return [type, userId.includes(null) ? "-" : "", named ? Buffer.concat([Buffer.from("="), named]) : ""];
  });
  return ["EVAL", SCRIPT, keys.length, ...keys.map(({ key }) => key), ...expected];
}

/** The way for a Redis user with nothing but the rights it needs: look, and at once unlink what is as expected. */
async function byLooking(store: Store, keys: readonly Expected[]): Promise<Unlinked[]> {
  const names = keys.map(({ key }) => key);
  const now = new Map((await claimKeys(store, names)).map((key) => [key.key.toString("latin1"), key]));
  const verdicts = keys.map((expected): Unlinked => {
    const is = now.get(expected.key.toString("latin1"));
    if (!is) return "gone";
    const { userIdField } = is;
    const sameUser =
      expected.userId === "any" ||
      expected.userId.some((id) => (id && userIdField ? id.equals(userIdField) : id === userIdField));
    return is.type === expected.type && (sameUser || is.type !== "hash") ? "erased" : "changed";
  });
  const replies = await store.pipeline(
    names.filter((_, at) => verdicts[at] === "erased").map((key) => ["UNLINK", key] as const),
  );
  let next = 0;
  return verdicts.map((verdict) => {
    if (verdict !== "erased") return verdict;
    return toInt(replies[next++]) === 1 ? "erased" : "gone";
  });
}
