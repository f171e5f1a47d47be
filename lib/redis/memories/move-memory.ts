/** Giving a memory another category, which is a part of its key: the same hash under another name. */
import { displayBytes } from "../../bytes";
import { SafeError } from "../../errors";
import { touchKeys } from "../keyspace/kept-of-person";
import { slotOf } from "../store/cluster-slots";
import { toText } from "../store/reply";
import type { Store } from "../store/store";
import { ATTEMPTS, nextNumber, numberOf, requireMemoryKey } from "./create-memory";
import type { MemoryChange } from "./history-schema";
import { keyOf, type MemoryName, sealMemory } from "./memory-ref";
import { notTheirs } from "./ownership";
import type { MovedMemory } from "./types";
import { OWNED_LUA, VERSION_LUA } from "./version";
import { CHANGED } from "./write-fields";

/**
 * RENAME keeps every field, the lives of fields and the key's life, and nobody ever sees both names or none.
 * KEYS from, to · ARGV user, version or ''. → what is wrong, 'taken' or 'ok'
 */
const MOVE = `
${VERSION_LUA}
${OWNED_LUA}
local state = owned(KEYS[1], ARGV[1])
if state ~= 'ok' then return state end
if ARGV[2] ~= '' and version(KEYS[1]) ~= ARGV[2] then return 'changed' end
if redis.call('EXISTS', KEYS[2]) == 1 then return 'taken' end
redis.call('RENAME', KEYS[1], KEYS[2])
return 'ok'`;

export interface MemoryMove {
  userId: Buffer;
  memory: MemoryName;
  /** The new category, as typed. */
  category: string;
  /** Moved only while it is this one. */
  version?: string;
  /** Where to begin looking for a free number; one above the highest when left out. */
  firstNumber?: number;
}

export interface Moved {
  result: MovedMemory;
  to: MemoryName;
  change: MemoryChange;
}

/**
 * Under the next free number of the new category.
 * @throws SafeError `invalid_input` (the category it has already, or one that makes no memory key), `store_refused` (a
 *   cluster that keeps the two names on different nodes), `conflict`, `not_found`
 */
export async function moveMemory(store: Store, input: MemoryMove): Promise<Moved> {
  const { userId, memory, version = "" } = input;
  const category = Buffer.from(input.category);
  requireMemoryKey(userId, category);
  if (category.equals(memory.category)) {
    throw new SafeError("invalid_input", "category: is the one it has already", { field: "category" });
  }
  const from = keyOf(userId, memory);
  const first = input.firstNumber ?? (await nextNumber(store, userId, category));
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const to = { category, number: numberOf(first + attempt) };
      const key = keyOf(userId, to);
      const refusal = await moveRefusal(store, from, key);
      if (refusal) throw refusal;
      const state = toText(await store.command("EVAL", MOVE, 2, from, key, userId, version));
      touchKeys(store, userId, key);
      if (state === "taken") continue;
      if (state === "changed") throw CHANGED;
      if (state !== "ok") throw notTheirs(state);
      const place = (name: MemoryName) => `${displayBytes(name.category)} ${displayBytes(name.number)}`;
      return {
        result: {
          ref: sealMemory(to),
          category: displayBytes(category),
          number: to.number.toString("latin1"),
        },
        to,
        change: { what: "category", before: place(memory), after: place(to) },
      };
    }
  } finally {
    touchKeys(store, userId, from);
  }
  throw new SafeError("conflict", "Other writers took every number that was tried.", { hint: "Try again." });
}

/** Redis renames within one slot alone; copying and deleting would be two steps, between which both or none are there. */
export async function moveRefusal(store: Store, from: Buffer, to: Buffer): Promise<SafeError | null> {
  const isCluster = store.kind === "cluster" || (await store.capabilities()).mode === "cluster";
  if (!isCluster || slotOf(from) === slotOf(to)) return null;
  return new SafeError(
    "store_refused",
    "This cluster keeps the old and the new name on different nodes, and Redis renames within one alone.",
    {
      hint: "Ids in braces (USER_KEY_HASHTAG) keep all of a person's keys together. Here, write it anew in the other category and delete this one.",
    },
  );
}
