/** A new memory under the next free number of its category. */

import { displayBytes } from "../../bytes";
import type { Embedder } from "../../embeddings/types";
import { SafeError } from "../../errors";
import { parseKey } from "../keys";
import { lookAnew, touchKeys } from "../keyspace/kept-of-person";
import { vectorArgs } from "../memory-vectors";
import { toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg } from "../store/wire";
import { requireFit } from "./embedding-terms";
import { openBook } from "./memory-book";
import { keyOf, sealMemory } from "./memory-ref";
import type { CreatedMemory } from "./types";

/** All fields in one HSET, and only where nothing is: two writers never share a number, no reader sees half. */
const CREATE = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV))
return 1`;

/** A number taken meanwhile means another writer; a hundred in a row means that something is wrong. */
export const ATTEMPTS = 100;

export interface NewMemory {
  userId: Buffer;
  category: string;
  content: string;
  importance: number;
  embeddingPolicy: "embed" | "drop";
}

/**
 * The text is embedded first, so a failing model leaves nothing behind. Numbers are never used again: the next
 * one is one above the highest, as three digits.
 * @throws SafeError `dimension_mismatch`, `embedding_failed`, `invalid_input` (a category that makes no memory key)
 */
export async function createMemory(
  store: Store,
  consoleStore: Store,
  embedder: Embedder,
  input: NewMemory,
): Promise<CreatedMemory> {
  const category = Buffer.from(input.category);
  requireMemoryKey(input.userId, category);
  const embedded = input.embeddingPolicy === "embed";
  if (embedded) await requireFit(store, consoleStore, embedder);
  const [vector] = embedded ? await embedder.embed([input.content]) : [];
  const fields: Arg[] = [
    ...["user_id", input.userId],
    ...["content", input.content],
    ...["importance", input.importance],
    ...["timestamp", Math.floor(Date.now() / 1000)],
    ...(vector ? vectorArgs({ content: input.content, vector, embedder }) : []),
  ];
  const first = await nextNumber(store, input.userId, category);
  let tried: Buffer | null = null;
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const number = numberOf(first + attempt);
      tried = keyOf(input.userId, { category, number });
      if (toInt(await store.command("EVAL", CREATE, 1, tried, ...fields)) === 1) {
        return {
          ref: sealMemory({ category, number }),
          category: displayBytes(category),
          number: number.toString(),
          embedded,
        };
      }
    }
  } finally {
    // Also when the answer was lost: it may have been written.
    if (tried) touchKeys(store, input.userId, tried);
  }
  throw new SafeError("conflict", "Other writers took every number that was tried.", { hint: "Try again." });
}

/** @throws SafeError `invalid_input` for a category that makes no memory key of this person */
export function requireMemoryKey(userId: Buffer, category: Buffer): void {
  const parsed = parseKey(keyOf(userId, { category, number: Buffer.from("001") }));
  if (parsed?.class === "memories" && parsed.userId.equals(userId) && parsed.category.equals(category))
    return;
  throw new SafeError("invalid_input", "category: makes a key that would not be a memory of this person", {
    field: "category",
    hint: "Use another name, for example pref.",
  });
}

/** One above the highest that the person has or had to be shown of this category. */
export async function nextNumber(store: Store, userId: Buffer, category: Buffer): Promise<number> {
  lookAnew(store, userId);
  const { facts, disputed } = await openBook(store, userId);
  let highest = 0;
  const see = (name: { category: Buffer; number: Buffer }) => {
    if (!name.category.equals(category)) return;
    const digits = /^\d{1,9}$/.exec(name.number.toString("latin1"));
    if (digits) highest = Math.max(highest, Number(digits[0]));
  };
  for (const memory of facts.values()) see(memory);
  for (const key of disputed) {
    const parsed = parseKey(Buffer.from(key, "latin1"));
    if (parsed?.class === "memories") see(parsed);
  }
  return highest + 1;
}

/** As three digits, as the tutorial's assistant writes them. */
export function numberOf(number: number): Buffer {
  return Buffer.from(String(number).padStart(3, "0"));
}
