/** The read-only Lua that walks over long sessions, run by EVAL_RO (Redis 7). */
import { CUT_TAIL_BYTES, DIGEST } from "./scripts";

/** LRANGE finds its place once for so many messages; LINDEX would walk there for each. */
const STEP = 25;
/** Hashing more than this at once would hold up the server. */
const DIGESTS_BUDGET_BYTES = 16_000_000;

/**
 * KEYS[1] list · ARGV first and last position, bytes after which it ends, bytes of a message's head (0: all of it),
 * `newest` to begin at the last position.
 * → {} when there is no list, else {length, newest digest, oldest digest, {{size, head, tail} …}}, oldest first, or
 * newest first
 */
export const CHUNK_SCRIPT = `${DIGEST}
local from, to, head, down = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[4]), ARGV[5] == 'newest'
local length = redis.call('LLEN', KEYS[1])
if length == 0 then return {} end
to = math.min(to, length - 1)
local newest = digest(redis.call('LINDEX', KEYS[1], 0))
local oldest = digest(redis.call('LINDEX', KEYS[1], -1))
local items, touched = {}, 0
while from <= to do
  local first, last = from, math.min(from + ${STEP - 1}, to)
  if down then first, last = math.max(from, to - ${STEP - 1}), to end
  local part = redis.call('LRANGE', KEYS[1], -1 - last, -1 - first)
  for n = 1, #part do
    local v = part[down and n or #part + 1 - n]
    touched = touched + #v
    if head == 0 or #v <= head then items[#items + 1] = {#v, v, ''}
    else items[#items + 1] = {#v, string.sub(v, 1, head), string.sub(v, -${CUT_TAIL_BYTES})} end
    if touched > tonumber(ARGV[3]) then return {length, newest, oldest, items} end
  end
  if down then to = first - 1 else from = last + 1 end
end
return {length, newest, oldest, items}`;

/** KEYS[1] list · ARGV first and last position. → {} or {length, {digests …}}, oldest first; fewer of giants */
export const DIGESTS_SCRIPT = `${DIGEST}
local from, to = tonumber(ARGV[1]), tonumber(ARGV[2])
local length = redis.call('LLEN', KEYS[1])
if length == 0 then return {} end
to = math.min(to, length - 1)
local digests, touched = {}, 0
while from <= to and touched < ${DIGESTS_BUDGET_BYTES} do
  local last = math.min(from + ${STEP - 1}, to)
  local part = redis.call('LRANGE', KEYS[1], -1 - last, -1 - from)
  for at = #part, 1, -1 do
    touched = touched + #part[at]
    digests[#digests + 1] = digest(part[at])
  end
  from = last + 1
end
return {length, digests}`;

/**
 * Messages evenly over a list, for their times: of long ones the beginning and the end.
 * KEYS[1] list · ARGV how many, bytes of a head. → {} or {length, {{size, head, tail} …}}, oldest first
 */
export const SAMPLE_SCRIPT = `
local count, head = tonumber(ARGV[1]), tonumber(ARGV[2])
local length = redis.call('LLEN', KEYS[1])
if length == 0 then return {} end
local items = {}
local n = math.min(count, length)
for at = 0, n - 1 do
  local position = n == 1 and 0 or math.floor(at * (length - 1) / (n - 1) + 0.5)
  local v = redis.call('LINDEX', KEYS[1], -1 - position)
  if #v <= head then items[#items + 1] = {#v, v, ''}
  else items[#items + 1] = {#v, string.sub(v, 1, head), string.sub(v, -${CUT_TAIL_BYTES})} end
end
return {length, items}`;

/** KEYS[1] list · ARGV how many, bytes of a head → {{size, head, tail} …} of its newest messages, newest first */
export const NEWEST_SCRIPT = `
local head, items = tonumber(ARGV[2]), {}
for at = 0, tonumber(ARGV[1]) - 1 do
  local v = redis.call('LINDEX', KEYS[1], at)
  if not v then break end
  if #v <= head then items[#items + 1] = {#v, v, ''}
  else items[#items + 1] = {#v, string.sub(v, 1, head), string.sub(v, -${CUT_TAIL_BYTES})} end
end
return items`;
