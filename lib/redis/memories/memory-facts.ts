/** The small fields of many memories, in few round trips and without their contents and vectors. */

import { displayBytes } from "../../bytes";
import { parseKey } from "../keys";
import { companionsOf, VECTOR_FIELD } from "../memory-vectors";
import { isError, toBufferOrNull, toInt } from "../store/reply";
import type { Store } from "../store/store";
import { refusalText } from "../store/store-errors";
import type { Command } from "../store/wire";
import { type ReadTimestamp, readImportance, readTimestamp } from "./fields";
import type { Importance } from "./types";
import type { IndexableMemory } from "./used-index";
import type { VectorVerdict } from "./vector-verdict";

/** Held for tens of thousands of memories: nothing in it that could be computed for the few that are shown. */
export interface MemoryFacts extends IndexableMemory {
  category: Buffer;
  number: Buffer;
  /** The category as people read it. */
  categoryName: string;
  /** Sorts by category, and by number within: 010 after 009, and 1000 after 999. */
  name: string;
  userId: Buffer | null;
  importance: Importance;
  timestamp: ReadTimestamp;
  contentBytes: number;
  /** Epoch ms by the console's clock; null: lives until it is deleted. */
  endsAtMs: number | null;
  model: string | null;
  declaredDimensions: number | null;
  /** Once its embedding was read; see vector-verdict.ts. */
  verdict?: VectorVerdict;
}

const COMPANIONS = companionsOf();
const COMMANDS_PER_KEY = 4;
/** 4 commands each: well below the client's queue of 10,000. */
const BATCH = 500;

/** Keys that are gone, or no hash any more, are left out: they changed since the walk. */
export async function readFacts(store: Store, keys: readonly Buffer[]): Promise<MemoryFacts[]> {
  const all: MemoryFacts[] = [];
  const same = new Same();
  for (let at = 0; at < keys.length; at += BATCH) {
    const batch = keys.slice(at, at + BATCH);
    const replies = await store.pipeline(batch.flatMap(factCommands));
    for (const [index, key] of batch.entries()) {
      const facts = toFacts(
        key,
        replies.slice(index * COMMANDS_PER_KEY, (index + 1) * COMMANDS_PER_KEY),
        same,
      );
      if (facts) all.push(facts);
    }
  }
  return all;
}

function factCommands(key: Buffer): Command[] {
  return [
    ["HMGET", key, "user_id", "importance", "timestamp", COMPANIONS.model, COMPANIONS.dimensions],
    ["HSTRLEN", key, "content"],
    ["HSTRLEN", key, VECTOR_FIELD],
    ["PTTL", key],
  ];
}

/** What thousands of memories have in common is held once. */
class Same {
  readonly #buffers = new Map<string, Buffer>();
  readonly #shown = new Map<Buffer, string>();
  readonly #importances = new Map<string, Importance>();

  bytes(value: Buffer): Buffer {
    const name = value.toString("latin1");
    const known = this.#buffers.get(name);
    if (known) return known;
    // A copy: a part of a reply would keep the whole reply.
    const copy = Buffer.from(value);
    this.#buffers.set(name, copy);
    return copy;
  }

  shown(value: Buffer): string {
    const bytes = this.bytes(value);
    const known = this.#shown.get(bytes) ?? displayBytes(bytes);
    this.#shown.set(bytes, known);
    return known;
  }

  importance(raw: Buffer | null): Importance {
    const name = raw === null ? "" : `=${raw.subarray(0, 401).toString("latin1")}`;
    const known = this.#importances.get(name) ?? readImportance(raw);
    this.#importances.set(name, known);
    return known;
  }
}

function toFacts(
  key: Buffer,
  replies: Awaited<ReturnType<Store["pipeline"]>>,
  same: Same,
): MemoryFacts | null {
  const [fields, contentBytes, embeddingBytes, pttl] = replies;
  const parsed = parseKey(key);
  if (isError(fields) && /^WRONGTYPE/.test(refusalText(fields))) return null;
  if (isError(fields)) throw fields;
  const ttl = toInt(pttl);
  // PTTL -2: no such key. -1: no end.
  if (parsed?.class !== "memories" || ttl === -2 || !Array.isArray(fields)) return null;
  const [userId, importance, timestamp, model, declared] = fields.map((field) => toBufferOrNull(field));
  const readNumber = same.importance(importance ?? null);
  const readTime = readTimestamp(timestamp ?? null);
  const dimensions = declared ? /^\d{1,6}$/.exec(declared.toString("latin1")) : null;
  return {
    key: Buffer.from(key),
    category: same.bytes(parsed.category),
    number: parsed.number,
    categoryName: same.shown(parsed.category),
    name: sortName(parsed),
    userId: userId ? same.bytes(userId) : null,
    hasUserId: Boolean(userId),
    importance: readNumber,
    importanceIsNumber: importance ? readNumber.value !== null : null,
    timestamp: readTime,
    timestampIsNumber: timestamp ? readTime.isNumber : null,
    contentBytes: toInt(contentBytes),
    embeddingBytes: toInt(embeddingBytes),
    endsAtMs: ttl < 0 ? null : Date.now() + ttl,
    model: model ? same.shown(model.subarray(0, 200)) : null,
    declaredDimensions: dimensions ? Number(dimensions[0]) : null,
  };
}

/** What {@link MemoryFacts.name} is for a memory of this name. */
export function sortName({ category, number }: { category: Buffer; number: Buffer }): string {
  // NUL sorts before everything a longer category could go on with.
  const length = String(number.length).padStart(6, "0");
  return `${category.toString("latin1")}\0${length}${number.toString("latin1")}`;
}
