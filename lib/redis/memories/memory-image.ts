/** A memory as it was, to be put back exactly: every field byte for byte, the fields' lives and the key's. */
import { touchKeys } from "../keyspace/kept-of-person";
import { toArray, toBuffer, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg, Reply } from "../store/wire";
import { HELD_BYTES } from "../undo-record";
import { keyOf, type MemoryName, openMemory, sealMemory } from "./memory-ref";
import { notTheirs } from "./ownership";
import { OWNED_LUA, VERSION_LUA } from "./version";
import { CHANGED } from "./write-fields";

/** Of a hash with more fields nothing is held. */
export const HELD_FIELDS = 1_000;

export interface MemoryImage {
  /** Sealed name inside its person. */
  memory: string;
  /** Epoch ms by Redis's clock; -1: no end. */
  expireAtMs: number;
  /** base64 of name and value, and the field's own end as above. */
  fields: [name: string, value: string, expireAtMs: number][];
}

/**
 * Look whose it is and take it away in one step: between two, the key could become somebody else's.
 *
 * KEYS[1] hash · ARGV user, version or '', fields and bytes that may be held.
 * → {'gone' | 'type' | 'owner' | 'changed'} | {'ok', PEXPIRETIME, {field, value …} or {}, {HPEXPIRETIME …} or {}}
 */
const TAKE = `
${VERSION_LUA}
${OWNED_LUA}
local key = KEYS[1]
local state = owned(key, ARGV[1])
if state ~= 'ok' then return {state} end
if ARGV[2] ~= '' and version(key) ~= ARGV[2] then return {'changed'} end
local all, lives = {}, {}
if redis.call('HLEN', key) <= tonumber(ARGV[3]) then
  local names, bytes = redis.call('HKEYS', key), 0
  for i = 1, #names do bytes = bytes + #names[i] + redis.call('HSTRLEN', key, names[i]) end
  if bytes <= tonumber(ARGV[4]) then
    all = redis.call('HGETALL', key)
    local sorted = {}
    for i = 1, #all, 2 do sorted[#sorted + 1] = all[i] end
    local ends = redis.pcall('HPEXPIRETIME', key, 'FIELDS', #sorted, unpack(sorted))
    if not ends.err then lives = ends end
  end
end
local ends = redis.call('PEXPIRETIME', key)
redis.call('UNLINK', key)
return {'ok', ends, all, lives}`;

/**
 * What is there already exactly as it was, an earlier try put back, whose answer was lost. A field's own life is not
 * compared: it comes with the field.
 *
 * KEYS[1] hash · ARGV PEXPIRETIME or -1, number of fields, then field, value and end of each. → 'there' | 'ok'
 */
const RESTORE = `
local function asItWas()
  if redis.call('TYPE', KEYS[1]).ok ~= 'hash' or redis.call('HLEN', KEYS[1]) ~= tonumber(ARGV[2])
    or redis.call('PEXPIRETIME', KEYS[1]) ~= tonumber(ARGV[1]) then return false end
  for i = 3, #ARGV, 3 do
    if redis.call('HGET', KEYS[1], ARGV[i]) ~= ARGV[i + 1] then return false end
  end
  return true
end
if redis.call('EXISTS', KEYS[1]) == 1 then return asItWas() and 'ok' or 'there' end
local pairs = {}
for i = 3, #ARGV, 3 do
  pairs[#pairs + 1] = ARGV[i]
  pairs[#pairs + 1] = ARGV[i + 1]
end
redis.call('HSET', KEYS[1], unpack(pairs))
for i = 3, #ARGV, 3 do
  if tonumber(ARGV[i + 2]) > 0 then redis.call('HPEXPIREAT', KEYS[1], ARGV[i + 2], 'FIELDS', 1, ARGV[i]) end
end
if tonumber(ARGV[1]) >= 0 then redis.call('PEXPIREAT', KEYS[1], ARGV[1]) end
return 'ok'`;

export interface Taking {
  userId: Buffer;
  memory: MemoryName;
  /** Taken only while it is this one. */
  version?: string;
  /** false: nobody will put it back. */
  hold?: boolean;
}

/**
 * UNLINKs exactly this key, if it is a memory of exactly this person.
 * @returns what is needed to put it back; null when that is more than is held
 * @throws SafeError `not_found` when it is gone already, `conflict` when its owner is in doubt or it was changed
 */
export async function takeAway(
  store: Store,
  { userId, memory, version = "", hold = true }: Taking,
): Promise<MemoryImage | null> {
  const key = keyOf(userId, memory);
  try {
    const limits = hold ? [HELD_FIELDS, HELD_BYTES] : [0, 0];
    const [state, ends, all, lives] = toArray(
      await store.command("EVAL", TAKE, 1, key, userId, version, ...limits),
    );
    const word = toText(state);
    if (word === "changed") throw CHANGED;
    if (word !== "ok") throw notTheirs(word);
    return imageOf(memory, toInt(ends), toArray(all), toArray(lives));
  } finally {
    touchKeys(store, userId, key);
  }
}

function imageOf(memory: MemoryName, expireAtMs: number, all: Reply[], lives: Reply[]): MemoryImage | null {
  if (all.length === 0) return null;
  const base64 = (value: Reply | undefined) => toBuffer(value).toString("base64");
  const fields = Array.from({ length: all.length / 2 }, (_, at): MemoryImage["fields"][number] => [
    base64(all[at * 2]),
    base64(all[at * 2 + 1]),
    lives.length > at ? toInt(lives[at]) : -1,
  ]);
  return { memory: sealMemory(memory), expireAtMs, fields };
}

/** @returns `there` when something else is under its key now: nothing is written then. `over` when its life has ended. */
export async function putBack(
  store: Store,
  userId: Buffer,
  { memory, expireAtMs, fields }: MemoryImage,
): Promise<"ok" | "there" | "over"> {
  if (expireAtMs >= 0 && expireAtMs <= Date.now()) return "over";
  const key = keyOf(userId, openMemory(memory));
  const args = fields.flatMap(([name, value, ends]): Arg[] => [
    Buffer.from(name, "base64"),
    Buffer.from(value, "base64"),
    ends,
  ]);
  try {
    return toText(await store.command("EVAL", RESTORE, 1, key, expireAtMs, fields.length, ...args)) as
      | "ok"
      | "there";
  } finally {
    touchKeys(store, userId, key);
  }
}
