/**
 * The Lua that changes sessions, and takes changes back: compare and change in one step, so that exactly what the
 * reader saw is hit, or nothing. All of it leaves the key's life alone but for what it says.
 */
import { DIGEST } from "./scripts";

/** Is the list as somebody saw it? LLEN and both ends, as pages of messages carry them. */
const SEEN = `${DIGEST}
local function seen(key, length, newest, oldest)
  return redis.call('LLEN', key) == tonumber(length)
    and digest(redis.call('LINDEX', key, 0)) == newest and digest(redis.call('LINDEX', key, -1)) == oldest
end
local function state(key)
  local length = redis.call('LLEN', key)
  if length == 0 then return {0, '', ''} end
  return {length, digest(redis.call('LINDEX', key, 0)), digest(redis.call('LINDEX', key, -1))}
end`;

/**
 * Delete one message by its place, only when the list is still what the reader saw. The place is marked with a
 * token nobody else can have written and the token is removed, so a twin of the message is never touched. LSET
 * and LREM keep the key's life.
 *
 * KEYS[1] list · ARGV position, digest, length, newest digest, oldest digest, token, bytes that may be held.
 * → {'gone'} | {'moved', length} | {'done', state after, PEXPIRETIME before, digest of the older neighbour or '',
 * of the newer one or '', {the message's bytes} or {}}
 */
export const DELETE_ONE_SCRIPT = `${SEEN}
local key, position = KEYS[1], tonumber(ARGV[1])
local length = redis.call('LLEN', key)
if length == 0 then return {'gone'} end
local v = redis.call('LINDEX', key, -1 - position)
if not v or digest(v) ~= ARGV[2] or not seen(key, ARGV[3], ARGV[4], ARGV[5]) then return {'moved', length} end
local older = position > 0 and redis.call('LINDEX', key, -position)
local newer = position < length - 1 and redis.call('LINDEX', key, -2 - position)
local ends = redis.call('PEXPIRETIME', key)
redis.call('LSET', key, -1 - position, ARGV[6])
redis.call('LREM', key, -1, ARGV[6])
return {'done', state(key), ends, older and digest(older) or '', newer and digest(newer) or '',
  #v <= tonumber(ARGV[7]) and {v} or {}}`;

/**
 * Put one message back between the neighbours it had. Its older neighbour is marked for the moment with a token, so
 * that LINSERT finds that place and no twin's.
 *
 * KEYS[1] list · ARGV position, bytes, length, newest, oldest, older neighbour's digest, newer one's, token,
 * PEXPIRETIME for a session that went with its last message (-1: none).
 * → {'moved'} | {'done', length}
 */
export const RESTORE_ONE_SCRIPT = `${SEEN}
local key, position, length = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[3])
if length == 0 then
  if redis.call('EXISTS', key) == 1 then return {'moved'} end
  redis.call('LPUSH', key, ARGV[2])
  if tonumber(ARGV[9]) >= 0 then redis.call('PEXPIREAT', key, ARGV[9]) end
  return {'done', 1}
end
if redis.call('EXISTS', key) == 0 or not seen(key, ARGV[3], ARGV[4], ARGV[5]) then return {'moved'} end
local older = position > 0 and redis.call('LINDEX', key, -position)
local newer = position < length and redis.call('LINDEX', key, -1 - position)
if (older and digest(older) or '') ~= ARGV[6] or (newer and digest(newer) or '') ~= ARGV[7] then
  return {'moved'}
end
if not older then redis.call('RPUSH', key, ARGV[2])
elseif not newer then redis.call('LPUSH', key, ARGV[2])
else
  redis.call('LSET', key, -position, ARGV[8])
  redis.call('LINSERT', key, 'BEFORE', ARGV[8], ARGV[2])
  redis.call('LSET', key, -position, older)
end
return {'done', redis.call('LLEN', key)}`;

/**
 * Keep the newest so many; hand out what goes, when it is little enough to be held for an undo.
 *
 * KEYS[1] list · ARGV keep, length, newest, oldest ('' instead of the three: whatever they are), bytes and messages
 * that may be held.
 * → {'gone'} | {'moved'} | {'done', length before, state after, {bytes …} newest first, or {}}
 */
export const TRIM_SCRIPT = `${SEEN}
local key, keep = KEYS[1], tonumber(ARGV[1])
local length = redis.call('LLEN', key)
if length == 0 then return {'gone'} end
if ARGV[2] ~= '' and not seen(key, ARGV[2], ARGV[3], ARGV[4]) then return {'moved'} end
local held, bytes, at = {}, 0, keep
if length - keep > tonumber(ARGV[6]) then at = length end
while at < length do
  local part = redis.call('LRANGE', key, at, at + 24)
  for index = 1, #part do
    bytes = bytes + #part[index]
    held[#held + 1] = part[index]
  end
  at = at + 25
  if bytes > tonumber(ARGV[5]) then held, at = {}, length end
end
redis.call('LTRIM', key, 0, keep - 1)
return {'done', length, state(key), held}`;

/**
 * Put a trimmed tail back behind the oldest message.
 * KEYS[1] list · ARGV length, newest, oldest, then the messages as they went, newest first.
 * → {'moved'} | {'done', length}
 */
export const RESTORE_TAIL_SCRIPT = `${SEEN}
local key = KEYS[1]
if redis.call('EXISTS', key) == 0 or not seen(key, ARGV[1], ARGV[2], ARGV[3]) then return {'moved'} end
for at = 4, #ARGV do redis.call('RPUSH', key, ARGV[at]) end
return {'done', redis.call('LLEN', key)}`;

/** KEYS[1] list. → its state: {length, digest of the newest, of the oldest} */
export const STATE_SCRIPT = `${SEEN}
return state(KEYS[1])`;

/**
 * Give the life back that was there, when nobody has set another, to the session that had it: messages may have come
 * since, but those it had are its oldest still. Another session of that name has others.
 *
 * KEYS[1] list · ARGV PEXPIRETIME as the change left it, PEXPIRETIME before (-1: none), length, newest and oldest as
 * the change left them. → {'moved'} | {'done', length}
 */
export const RESTORE_LIFE_SCRIPT = `${SEEN}
local key, length = KEYS[1], tonumber(ARGV[3])
if redis.call('PEXPIRETIME', key) ~= tonumber(ARGV[1]) or redis.call('LLEN', key) < length
  or digest(redis.call('LINDEX', key, -length)) ~= ARGV[4] or digest(redis.call('LINDEX', key, -1)) ~= ARGV[5] then
  return {'moved'}
end
if tonumber(ARGV[2]) < 0 then redis.call('PERSIST', key)
else redis.call('PEXPIREAT', key, ARGV[2]) end
return {'done', redis.call('LLEN', key)}`;
