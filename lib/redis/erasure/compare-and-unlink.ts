/**
 * Unlinking keys that are still what they were when they were judged. Between the judgement and the deletion an
 * assistant may have given a name to another type of value, or to another person.
 */
import { claimKeys, mayNameUser } from "../keyspace/claims";
import { isError, toArray, toInt } from "../reply";
import { type Arg, refusalText, type Store } from "../store";
import type { ConcernedKey } from "./walk";

/** What became of one key. `changed`: it is something else now and was left alone; the next walk judges it anew. */
export type Unlinked = "erased" | "gone" | "changed";

/**
 * For every key: its type, and `=` + user_id or `-` for a hash without (`*` where user_id plays no part). Commands in
 * a script run at one moment, so nothing can come between. UNLINK is allowed under OOM, and so is a script without
 * writes that need memory.
 */
const SCRIPT = `
local out = {}
for i, key in ipairs(KEYS) do
  local kind = redis.call('TYPE', key).ok
  if kind == 'none' then
    out[i] = 0
  else
    local same = kind == ARGV[2 * i - 1]
    local seen = ARGV[2 * i]
    if same and kind == 'hash' and seen ~= '*' then
      local field = redis.call('HGET', key, 'user_id')
      same = (not field and seen == '-') or (field and seen == '=' .. field)
    end
    if same then out[i] = redis.call('UNLINK', key) else out[i] = 2 end
  end
end
return out
`;

const OUTCOMES: Unlinked[] = ["gone", "erased", "changed"];
const BATCH = 500;

/**
 * @returns what became of each key, in order
 * @throws what the connection throws: then nobody knows which keys of the batch are gone
 */
export async function compareAndUnlink(store: Store, keys: readonly ConcernedKey[]): Promise<Unlinked[]> {
  // In a cluster the keys of one script must lie in one slot.
  const { mode } = await store.capabilities();
  const size = mode === "cluster" ? 1 : BATCH;
  const outcomes: Unlinked[] = [];
  for (let at = 0; at < keys.length; at += size) {
    const batch = keys.slice(at, at + size);
    outcomes.push(...((await byScript(store, batch)) ?? (await byLookingAgain(store, batch))));
  }
  return outcomes;
}

/** @returns null when this console's Redis user may not run scripts */
async function byScript(store: Store, keys: readonly ConcernedKey[]): Promise<Unlinked[] | null> {
  const expected = keys.flatMap(({ key, type, userIdField }): Arg[] => [
    type,
    mayNameUser(key)
      ? Buffer.concat([Buffer.from(userIdField ? "=" : "-"), userIdField ?? Buffer.alloc(0)])
      : "*",
  ]);
  const names = keys.map(({ key }) => key);
  const [reply] = await store.pipeline([["EVAL", SCRIPT, names.length, ...names, ...expected]]);
  if (isError(reply)) {
    if (/NOPERM|unknown command/.test(refusalText(reply))) return null;
    throw reply;
  }
  return toArray(reply).map((code) => OUTCOMES[toInt(code)] ?? "changed");
}

/** The way for a Redis user with nothing but the rights it needs: look again, and unlink at once what is unchanged. */
async function byLookingAgain(store: Store, keys: readonly ConcernedKey[]): Promise<Unlinked[]> {
  const now = new Map(
    (
      await claimKeys(
        store,
        keys.map(({ key }) => key),
      )
    ).map((key) => [key.key.toString("latin1"), key]),
  );
  const verdicts = keys.map((was): Unlinked => {
    const is = now.get(was.key.toString("latin1"));
    if (!is) return "gone";
    return is.type === was.type && sameField(is.userIdField, was.userIdField) ? "erased" : "changed";
  });
  const replies = await store.pipeline(
    keys.filter((_, at) => verdicts[at] === "erased").map(({ key }) => ["UNLINK", key] as const),
  );
  let next = 0;
  return verdicts.map((verdict) => {
    if (verdict !== "erased") return verdict;
    return toInt(replies[next++]) === 1 ? "erased" : "gone";
  });
}

function sameField(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}
