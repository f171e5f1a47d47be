/** A new memory under the next free number of its category. */

import { displayBytes } from "../../bytes";
import type { Embedder } from "../../embeddings/embedder";
import { toFloat32LE } from "../../embeddings/vector";
import { SafeError } from "../../errors";
import { parseKey } from "../keys";
import { forgetUserKeys, listUserKeys } from "../keyspace/user-keys";
import { toInt } from "../reply";
import type { Arg, Store } from "../store";
import { requireFit } from "./embedding-terms";
import { keyOf, sealMemory } from "./memory-ref";
import { DIMENSIONS_FIELD, MODEL_FIELD } from "./rules";
import type { CreatedMemory } from "./types";

/** All fields in one HSET, and only where nothing is: two writers never share a number, no reader sees half. */
const CREATE = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV))
return 1`;

/** A number taken meanwhile means another writer; a hundred in a row means that something is wrong. */
const ATTEMPTS = 100;

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
    ...(vector ? ["embedding", toFloat32LE(vector), MODEL_FIELD, embedder.model] : []),
    ...(vector ? [DIMENSIONS_FIELD, embedder.dimensions] : []),
  ];
  const first = await nextNumber(store, input.userId, category);
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const number = Buffer.from(String(first + attempt).padStart(3, "0"));
      const key = keyOf(input.userId, { category, number });
      if (toInt(await store.command("EVAL", CREATE, 1, key, ...fields)) === 1) {
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
    forgetUserKeys(store, input.userId);
  }
  throw new SafeError("conflict", "Other writers took every number that was tried.", { hint: "Try again." });
}

function requireMemoryKey(userId: Buffer, category: Buffer): void {
  const parsed = parseKey(keyOf(userId, { category, number: Buffer.from("001") }));
  if (parsed?.class === "memories" && parsed.userId.equals(userId) && parsed.category.equals(category))
    return;
  throw new SafeError("invalid_input", "category: makes a key that would not be a memory of this person", {
    field: "category",
    hint: "Use another name, for example pref.",
  });
}

async function nextNumber(store: Store, userId: Buffer, category: Buffer): Promise<number> {
  const { keys } = await listUserKeys(store, userId);
  let highest = 0;
  for (const { parsed } of keys) {
    if (parsed?.class !== "memories" || !parsed.category.equals(category)) continue;
    const digits = /^\d{1,9}$/.exec(parsed.number.toString("latin1"));
    if (digits) highest = Math.max(highest, Number(digits[0]));
  }
  return highest + 1;
}
