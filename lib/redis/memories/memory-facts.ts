/** The small fields of many memories, in few round trips and without their contents and vectors. */

import { displayBytes } from "../../bytes";
import { parseKey } from "../keys";
import { isError, toBufferOrNull, toInt } from "../reply";
import type { Command, Store } from "../store";
import { refusalText } from "../store-errors";
import { type ReadTimestamp, readImportance, readTimestamp } from "./fields";
import { sealMemory } from "./memory-ref";
import { DIMENSIONS_FIELD, MODEL_FIELD } from "./rules";
import type { Importance } from "./types";
import type { IndexableMemory } from "./used-index";

export interface MemoryFacts extends IndexableMemory {
  ref: string;
  category: Buffer;
  number: Buffer;
  userId: Buffer | null;
  importance: Importance;
  timestamp: ReadTimestamp;
  contentBytes: number;
  /** null: lives until it is deleted. */
  ttlMs: number | null;
  model: string | null;
  declaredDimensions: number | null;
}

const COMMANDS_PER_KEY = 4;
/** 4 commands each: well below the client's queue of 10,000. */
const BATCH = 500;

/** Keys that are gone, or no hash any more, are left out: they changed since the walk. */
export async function readFacts(store: Store, keys: readonly Buffer[]): Promise<MemoryFacts[]> {
  const all: MemoryFacts[] = [];
  for (let at = 0; at < keys.length; at += BATCH) {
    const batch = keys.slice(at, at + BATCH);
    const replies = await store.pipeline(batch.flatMap(factCommands));
    for (const [index, key] of batch.entries()) {
      const facts = toFacts(key, replies.slice(index * COMMANDS_PER_KEY, (index + 1) * COMMANDS_PER_KEY));
      if (facts) all.push(facts);
    }
  }
  return all;
}

function factCommands(key: Buffer): Command[] {
  return [
    ["HMGET", key, "user_id", "importance", "timestamp", MODEL_FIELD, DIMENSIONS_FIELD],
    ["HSTRLEN", key, "content"],
    ["HSTRLEN", key, "embedding"],
    ["PTTL", key],
  ];
}

function toFacts(key: Buffer, replies: Awaited<ReturnType<Store["pipeline"]>>): MemoryFacts | null {
  const [fields, contentBytes, embeddingBytes, pttl] = replies;
  const parsed = parseKey(key);
  if (isError(fields) && /^WRONGTYPE/.test(refusalText(fields))) return null;
  if (isError(fields)) throw fields;
  const ttl = toInt(pttl);
  // PTTL -2: no such key. -1: no end.
  if (parsed?.class !== "memories" || ttl === -2 || !Array.isArray(fields)) return null;
  const [userId, importance, timestamp, model, declared] = fields.map((field) => toBufferOrNull(field));
  const readNumber = readImportance(importance ?? null);
  const readTime = readTimestamp(timestamp ?? null);
  const dimensions = declared ? /^\d{1,6}$/.exec(declared.toString("latin1")) : null;
  return {
    key,
    ref: sealMemory(parsed),
    category: parsed.category,
    number: parsed.number,
    userId: userId ?? null,
    hasUserId: Boolean(userId),
    importance: readNumber,
    importanceIsNumber: importance ? readNumber.value !== null : null,
    timestamp: readTime,
    timestampIsNumber: timestamp ? readTime.isNumber : null,
    contentBytes: toInt(contentBytes),
    embeddingBytes: toInt(embeddingBytes),
    ttlMs: ttl < 0 ? null : ttl,
    model: model ? displayBytes(model.subarray(0, 200)) : null,
    declaredDimensions: dimensions ? Number(dimensions[0]) : null,
  };
}
