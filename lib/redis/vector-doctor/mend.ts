/** Writing a mended vector, if the memory is still what was looked at. */
import { createHash } from "node:crypto";
import { isError, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg, Command } from "../store/wire";
import { MAX_FETCHED_BYTES, type StoredMemory } from "./read-batch";

/** `changed`: its text or vector is another by now, and it was left alone. */
export type Mended = "mended" | "changed" | "gone";

/**
 * ARGV: the vector's field; what vector and text were as they were seen (SHA-1, `-` for none, the length alone of what is
 * too long to be fetched); then fields and values. HSET keeps
 * the key's life and clears that of the fields it writes, so a field's own end is set again. Nothing is ever created.
 */
const MEND = `
local key = KEYS[1]
if redis.call('TYPE', key).ok ~= 'hash' then return 'gone' end
local seen = redis.call('HMGET', key, ARGV[1], 'content')
for i = 1, 2 do
  local sum = '-'
  if seen[i] then
    if #seen[i] > ${MAX_FETCHED_BYTES} then sum = '#' .. #seen[i] else sum = redis.sha1hex(seen[i]) end
  end
  if sum ~= ARGV[i + 1] then return 'changed' end
end
local names = {}
for i = 4, #ARGV, 2 do names[#names + 1] = ARGV[i] end
local ends = redis.pcall('HPEXPIRETIME', key, 'FIELDS', #names, unpack(names))
redis.call('HSET', key, unpack(ARGV, 4))
if not ends.err then
  for i = 1, #names do
    if ends[i] > 0 then redis.call('HPEXPIREAT', key, ends[i], 'FIELDS', 1, names[i]) end
  end
end
return 'mended'`;

export interface Mend {
  memory: StoredMemory;
  /** For one HSET: field and value, in turns. */
  fields: Arg[];
}

/**
 * One small script for each memory, all in one round trip: between two of them the server answers others.
 * @throws the first refusal (NOPERM, OOM …)
 */
export async function mendVectors(store: Store, field: string, mends: readonly Mend[]): Promise<Mended[]> {
  const replies = await store.pipeline(
    mends.map(
      ({ memory: { key, vector, vectorBytes, content, contentBytes }, fields }): Command => [
        ...(["EVAL", MEND, 1, key, field, seen(vector, vectorBytes), seen(content, contentBytes)] as const),
        ...fields,
      ],
    ),
  );
  return replies.map((reply) => {
    if (isError(reply)) throw reply;
    return toText(reply) as Mended;
  });
}

function seen(bytes: Buffer | null, length: number): string {
  if (length > MAX_FETCHED_BYTES) return `#${length}`;
  return bytes === null ? "-" : createHash("sha1").update(bytes).digest("hex");
}
