/** Writing some fields of a memory and taking others away, if it is still what somebody read. */
import { SafeError } from "../../errors";
import { touchKeys } from "../keyspace/kept-of-person";
import { toArray, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg } from "../store/wire";
import { keyOf, type MemoryName } from "./memory-ref";
import { notTheirs } from "./ownership";
import { OWNED_LUA, VERSION_LUA } from "./version";

/**
 * ARGV: user, version or '', number of names to take away, those names, then fields and values. HSET keeps the key's life and
 * clears that of the fields it writes (measured), so a field's own end is set again.
 */
const WRITE = `
${VERSION_LUA}
${OWNED_LUA}
local key = KEYS[1]
local state = owned(key, ARGV[1])
if state ~= 'ok' then return {state} end
if ARGV[2] ~= '' and version(key) ~= ARGV[2] then return {'changed'} end
local taken = tonumber(ARGV[3])
local names, pairs = {}, {}
for i = 4 + taken, #ARGV, 2 do
  names[#names + 1] = ARGV[i]
  pairs[#pairs + 1] = ARGV[i]
  pairs[#pairs + 1] = ARGV[i + 1]
end
if #names > 0 then
  local ends = redis.pcall('HPEXPIRETIME', key, 'FIELDS', #names, unpack(names))
  redis.call('HSET', key, unpack(pairs))
  if not ends.err then
    for i = 1, #names do
      if ends[i] > 0 then redis.call('HPEXPIREAT', key, ends[i], 'FIELDS', 1, names[i]) end
    end
  end
end
if taken > 0 then redis.call('HDEL', key, unpack(ARGV, 4, 3 + taken)) end
return {'ok', version(key), redis.call('PTTL', key)}`;

export const CHANGED = new SafeError("conflict", "Somebody changed this memory since you opened it.", {
  hint: "Nothing was written. Open it again and look at what is there now.",
});

export interface FieldsToWrite {
  userId: Buffer;
  memory: MemoryName;
  /** From the read that the change is based on; '' for a change that is based on none. */
  version: string;
  /** Field and value in turns. */
  fields: readonly Arg[];
  /** Names to take away. */
  taken?: readonly Arg[];
}

export interface Written {
  /** The version that the change left. */
  version: string;
  /** null: lives until it is deleted. */
  ttlMs: number | null;
}

/** @throws SafeError `conflict` (another version, another owner), `not_found` */
export async function writeFields(store: Store, input: FieldsToWrite): Promise<Written> {
  const { userId, memory, version, fields, taken = [] } = input;
  const key = keyOf(userId, memory);
  try {
    const args = [userId, version, taken.length, ...taken, ...fields];
    const [state, after, ttl] = toArray(await store.command("EVAL", WRITE, 1, key, ...args));
    const word = toText(state);
    if (word === "changed") throw CHANGED;
    if (word !== "ok") throw notTheirs(word);
    return { version: toText(after), ttlMs: toInt(ttl) < 0 ? null : toInt(ttl) };
  } finally {
    // Also when the answer was lost: it may have been written.
    touchKeys(store, userId, key);
  }
}
