/** A memory's version: what of it an edit is based on. Computed here from a read, and by a script beside a write. */
import { createHash } from "node:crypto";

export const VERSIONED_FIELDS = ["content", "importance", "timestamp"] as const;

/** sha1 over the raw bytes, each with its length so that no two different memories share one. */
export function versionOf(values: readonly (Buffer | null)[]): string {
  const hash = createHash("sha1");
  for (const value of values) {
    if (value === null) hash.update("-");
    else hash.update(`${value.length}:`).update(value);
  }
  return hash.digest("hex");
}

/** The same in Lua: `version(key)`. */
export const VERSION_LUA = `
local function version(key)
  local values = redis.call('HMGET', key, '${VERSIONED_FIELDS.join("', '")}')
  local all = ''
  for i = 1, ${VERSIONED_FIELDS.length} do
    if values[i] then all = all .. #values[i] .. ':' .. values[i] else all = all .. '-' end
  end
  return redis.sha1hex(all)
end`;

/**
 * `owned(key, user)` in Lua: 'ok', 'gone', 'type' (no hash) or 'owner' (its user_id names somebody else). A memory
 * without user_id belongs to whom its key names.
 */
export const OWNED_LUA = `
local function owned(key, user)
  local kind = redis.call('TYPE', key).ok
  if kind == 'none' then return 'gone' end
  if kind ~= 'hash' then return 'type' end
  local id = redis.call('HGET', key, 'user_id')
  if id and id ~= user then return 'owner' end
  return 'ok'
end`;
