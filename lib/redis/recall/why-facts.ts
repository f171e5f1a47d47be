/** What one memory is like, as far as it decides whether a search can find it. */
import { memoryKey } from "../keys";
import { companionsOf, contentDigest } from "../memory-vectors";
import { decodeVector, vectorBytes, vectorDistance } from "../query-engine/distance";
import { memoryFields } from "../query-engine/index-info";
import type { IndexInfo } from "../query-engine/index-types";
import { keysInIndex } from "../query-engine/keys-in-index";
import { isError, toArray, toBufferOrNull, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import { toNumber } from "./candidate";
import { readHeads } from "./contents";
import type { QueryVector } from "./query-vector";

export interface MemoryName {
  userId: Buffer;
  category: Buffer;
  number: Buffer;
}

export interface MemoryFacts {
  key: Buffer;
  /** As TYPE answers. */
  type: string;
  userIdField: Buffer | null;
  /** Its beginning. */
  content: Buffer;
  importance: Buffer | null;
  timestamp: Buffer | null;
  vector: Buffer | null;
  /** As the writer of the vector noted it. */
  model: string | null;
  /** The noted digest differs from the text's. */
  stale: boolean;
  /** Does the index hold it? null: it could not be asked. */
  held: boolean | null;
}

/** Two round trips, and one more for a long text. */
export async function readFacts(
  store: Store,
  { userId, category, number }: MemoryName,
  index: IndexInfo | null,
): Promise<MemoryFacts> {
  const key = memoryKey(userId, category, number);
  const field = (index && memoryFields(index).vector?.identifier) ?? "embedding";
  const { model, digest } = companionsOf(field);
  const [type, fields, length] = await store.pipeline([
    ["TYPE", key],
    ["HMGET", key, "user_id", "importance", "timestamp", field, model, digest],
    ["HSTRLEN", key, "content"],
  ]);
  const values = isError(fields) ? [] : toArray(fields).map((value) => toBufferOrNull(value));
  const [userIdField = null, importance = null, timestamp = null, vector = null, madeBy, noted] = values;
  const contentBytes = isError(length) ? 0 : toInt(length);
  const { heads } = contentBytes > 0 ? await readHeads(store, [{ key, contentBytes }]) : { heads: [] };
  const content = heads[0] ?? Buffer.alloc(0);
  const whole = content.length === contentBytes;
  const held = index ? await keysInIndex(store, index.name, [key]) : null;
  return {
    key,
    type: toText(type),
    userIdField,
    content,
    importance,
    timestamp,
    vector,
    model: madeBy?.toString("utf8") ?? null,
    stale: whole && noted != null && noted.toString("latin1") !== contentDigest(content),
    held: held && held.size === 1,
  };
}

/** Exact, by the index's metric; null where the two cannot be compared. */
export function exactDistance(
  { vector }: MemoryFacts,
  query: QueryVector | null,
  index: IndexInfo | null,
): number | null {
  const target = index ? memoryFields(index).vector?.vector : undefined;
  if (!vector || !query?.values || vector.length !== query.bytes.length) return null;
  const stored = decodeVector(vector, target?.dataType ?? "FLOAT32");
  const distance = stored ? vectorDistance(target?.metric ?? "COSINE", query.values, stored) : Number.NaN;
  return Number.isFinite(distance) ? distance : null;
}

/** Fields that are no number though the index wants one. */
export function oddNumbers({ importance, timestamp }: MemoryFacts, index: IndexInfo): string[] {
  const given = { importance, timestamp };
  return (Object.keys(given) as (keyof typeof given)[]).filter(
    (name) =>
      given[name] !== null &&
      toNumber(given[name]) === null &&
      index.fields.some(({ identifier, type }) => identifier === name && type === "NUMERIC"),
  );
}

/** Bytes that the index's vector field takes; null for a data type not known here. */
export function wantedBytes(index: IndexInfo): number | null {
  const target = memoryFields(index).vector?.vector;
  return target ? vectorBytes(target.dataType, target.dimensions) : null;
}
