/**
 * The Lua that reads and changes session lists inside Redis: a page is one consistent moment of the list, and a
 * message of 100 MB costs the console its first bytes only.
 *
 * Read-only scripts run by EVAL_RO (Redis 7). Where the Redis user may not run scripts, callers fall back to
 * LRANGE; see {@link mayNotRunScripts}.
 */
import { createHash } from "node:crypto";
import { SafeError } from "../../errors";
import { refusalText } from "../store/store-errors";

/** Up to this length the digest covers every byte. */
const DIGEST_WHOLE_BYTES = 1_048_576;
const DIGEST_EDGE_BYTES = 65_536;

/**
 * Identity of a message's bytes: SHA-1, which Redis itself can compute (sha1hex). Of a message beyond 1 MB only
 * its length and both ends are taken, because hashing 100 MB would hold up the whole server at every look.
 */
export function digestOf(bytes: Buffer): string {
  const sha1 = createHash("sha1");
  if (bytes.length <= DIGEST_WHOLE_BYTES) return sha1.update(bytes).digest("hex");
  sha1.update(`${bytes.length}:`).update(bytes.subarray(0, DIGEST_EDGE_BYTES));
  return sha1.update(bytes.subarray(bytes.length - DIGEST_EDGE_BYTES)).digest("hex");
}

/** The same in Lua. */
export const DIGEST = `
local function digest(v)
  if #v <= ${DIGEST_WHOLE_BYTES} then return redis.sha1hex(v) end
  return redis.sha1hex(#v .. ':' .. string.sub(v, 1, ${DIGEST_EDGE_BYTES}) .. string.sub(v, -${DIGEST_EDGE_BYTES}))
end`;

/** Of a message beyond `inline` bytes: its first 16 kB and its last 256 bytes. */
export const CUT_HEAD_BYTES = 16_384;
export const CUT_TAIL_BYTES = 256;

const CUT = `
local function cut(v, inline)
  if #v <= inline then return {#v, digest(v), v, ''} end
  return {#v, digest(v), string.sub(v, 1, ${CUT_HEAD_BYTES}), string.sub(v, -${CUT_TAIL_BYTES})}
end`;

/** The bytes of messages that one page may touch. A page of giants ends early, with at least one message. */
const PAGE_BUDGET_BYTES = 16_000_000;

/**
 * KEYS[1] list · ARGV mode (newest, before, after), position, limit, have, inline bytes.
 * → {} when there is no list, else {length, newest digest, oldest digest, unchanged, position of the first,
 * step, {{size, digest, head, tail} …}}
 */
export const PAGE_SCRIPT = `${DIGEST}${CUT}
local mode, position, limit = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local length = redis.call('LLEN', KEYS[1])
if length == 0 then return {} end
local newest = digest(redis.call('LINDEX', KEYS[1], 0))
local oldest = digest(redis.call('LINDEX', KEYS[1], -1))
if ARGV[4] == length .. '-' .. newest .. '-' .. oldest then return {length, newest, oldest, 1, 0, 1, {}} end
local from, to, step = length - 1, math.max(0, length - limit), -1
if mode == 'before' then
  from = math.min(position - 1, length - 1)
  to = math.max(0, from - limit + 1)
elseif mode == 'after' then
  from, to, step = position + 1, math.min(position + limit, length - 1), 1
end
local items, touched = {}, 0
for at = from, to, step do
  local v = redis.call('LINDEX', KEYS[1], -1 - at)
  items[#items + 1] = cut(v, tonumber(ARGV[5]))
  touched = touched + #v
  if touched > ${PAGE_BUDGET_BYTES} then break end
end
return {length, newest, oldest, 0, from, step, items}`;

/** KEYS[1] list · ARGV how many at each end, inline bytes. → {} or {length, {newest items}, {oldest items}} */
export const SUMMARY_SCRIPT = `${DIGEST}${CUT}
local length = redis.call('LLEN', KEYS[1])
if length == 0 then return {} end
local touched = 0
local function ends(first, step)
  local items = {}
  for at = 0, math.min(tonumber(ARGV[1]), length) - 1 do
    local v = redis.call('LINDEX', KEYS[1], first + at * step)
    items[#items + 1] = cut(v, tonumber(ARGV[2]))
    touched = touched + #v
    if touched > ${PAGE_BUDGET_BYTES} then break end
  end
  return items
end
return {length, ends(0, 1), ends(-1, -1)}`;

/** KEYS[1] list · ARGV position, bytes. → {} (no list), {length} (no such position), {length, size, digest, head} */
export const ONE_SCRIPT = `${DIGEST}
local length = redis.call('LLEN', KEYS[1])
if length == 0 then return {} end
local v = redis.call('LINDEX', KEYS[1], -1 - tonumber(ARGV[1]))
if not v then return {length} end
return {length, #v, digest(v), string.sub(v, 1, tonumber(ARGV[2]))}`;

/** Was the script itself refused (ACL, or a service that has no scripts)? */
export function mayNotRunScripts(error: unknown): boolean {
  return /^NOPERM|unknown command/i.test(refusalText(error));
}

/** The list is not what the reader saw. */
export function sessionMoved(what = "deleted"): SafeError {
  return new SafeError("conflict", `The session moved on since it was read, so nothing was ${what}.`, {
    hint: "Look again: messages were added or trimmed meanwhile.",
  });
}
