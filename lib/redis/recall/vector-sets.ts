/**
 * Vector sets (VADD, VSIM; in every Redis 8): some assistants keep vectors there instead of in hashes. One under a
 * person's keys is shown and searched. Redis 8's own answer: VSIM's score is 1 for the same direction, 0.5 for none
 * in common, 0 for the opposite, so a cosine distance is 2 − 2 × score (Redis documentation of VSIM).
 *
 * Whose it is: the key is the person's name and one word more, `user:alice:vectors`; a longer name may be somebody
 * else's (`alice:admin`'s). An element whose attributes name another `user_id` is counted and not shown.
 */
import { displayBytes } from "../../bytes";
import type { Embedder } from "../../embeddings/types";
import { bareUserKey } from "../keys";
import { listUserKeys } from "../keyspace/user-keys";
import { redisCliText } from "../query-engine/command-text";
import { isError, toArray, toBuffer, toBufferOrNull, toInt, toMap, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { type QueryVector, queryVector } from "./query-vector";
import type { SearchQuestion } from "./question";
import type { SearchCommand, VectorSetHit, VectorSetResult, VectorSets } from "./types";

/** More of one person are not asked. */
const MAX_SETS = 20;

/** The console walks one person's keys for them, as their pages do. */
export async function searchVectorSets(
  store: Store,
  embedder: Embedder,
  question: Pick<SearchQuestion, "query" | "vector" | "byteOrder" | "k"> & { userId: Buffer },
): Promise<VectorSets> {
  if (!(await store.capabilities()).vectorSets) return { supported: false, sets: [], more: 0 };
  const stem = Buffer.concat([bareUserKey(question.userId), Buffer.from(":")]);
  const own = (await listUserKeys(store, question.userId)).keys
    .filter(({ key, type }) => type === "vectorset" && isOwn(key, stem))
    .map(({ key }) => key)
    .sort(Buffer.compare);
  const keys = own.slice(0, MAX_SETS);
  const infos = await store.pipeline(keys.map((key) => ["VINFO", key] as const));
  const sets: VectorSetResult[] = [];
  for (const [at, key] of keys.entries()) {
    const info = infos[at];
    // Deleted since the walk.
    if (info === undefined || info === null || isError(info)) continue;
    sets.push(await searchOne(store, embedder, question, { key, info: toMap(info), stem }));
  }
  return { supported: true, sets, more: own.length - keys.length };
}

function isOwn(key: Buffer, stem: Buffer): boolean {
  const rest = key.subarray(stem.length);
  return key.subarray(0, stem.length).equals(stem) && rest.length > 0 && !rest.includes(":");
}

interface FoundSet {
  key: Buffer;
  info: ReturnType<typeof toMap>;
  stem: Buffer;
}

async function searchOne(
  store: Store,
  embedder: Embedder,
  question: Parameters<typeof searchVectorSets>[2],
  { key, info, stem }: FoundSet,
): Promise<VectorSetResult> {
  const number = (name: string) => toInt(info.get(name) ?? 0);
  // A set that projects its vectors onto fewer numbers is asked with as many as it was given.
  const dimensions = number("projection-input-dim") || number("vector-dim");
  const set = {
    name: displayBytes(key.subarray(stem.length)),
    elements: number("size"),
    dimensions,
    quantisation: toText(info.get("quant-type") ?? ""),
  };
  const vector = await vectorFor(embedder, question, dimensions);
  if (vector === null) return { ...set, hits: null, foreignHits: 0, commands: [] };
  const command: Command = ["VSIM", key, "FP32", vector.bytes, "WITHSCORES", "COUNT", question.k];
  const sentAt = performance.now();
  const flat = toArray(await store.command(...command));
  const ms = performance.now() - sentAt;
  const found: { element: Buffer; score: number }[] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) {
    found.push({ element: toBuffer(flat[at]), score: Number(toText(flat[at + 1])) });
  }
  const attributes = await store.pipeline(found.map(({ element }) => ["VGETATTR", key, element] as const));
  const hits: VectorSetHit[] = [];
  for (const [at, { element, score }] of found.entries()) {
    const reply = attributes[at];
    const text = isError(reply) ? null : (toBufferOrNull(reply)?.toString("utf8") ?? null);
    if (namesOther(text, question.userId)) continue;
    hits.push({
      rank: hits.length + 1,
      element: displayBytes(element),
      attributes: text,
      score,
      distance: 2 - 2 * score,
    });
  }
  const commands: SearchCommand[] = [{ purpose: "vector", text: redisCliText(command, [3]), times: 1, ms }];
  return { ...set, hits, foreignHits: found.length - hits.length, commands };
}

/** @returns null where no vector of this length can be had */
async function vectorFor(
  embedder: Embedder,
  { query, vector, byteOrder }: Parameters<typeof searchVectorSets>[2],
  dimensions: number,
): Promise<QueryVector | null> {
  const target = { algorithm: "HNSW", dataType: "FLOAT32", dimensions, metric: "COSINE" };
  const pasted = vector?.trim() || null;
  if (pasted === null && embedder.dimensions !== dimensions) return null;
  const asked = { query, pasted, byteOrder, mode: "vector" as const, target };
  return (await queryVector(asked, { embedder, model: embedder.model })).vector;
}

/** Attributes are JSON where an assistant filters by them. */
function namesOther(attributes: string | null, userId: Buffer): boolean {
  if (attributes === null) return false;
  try {
    const { user_id: owner } = JSON.parse(attributes) as { user_id?: unknown };
    return typeof owner === "string" && !Buffer.from(owner).equals(userId);
  } catch {
    return false;
  }
}
