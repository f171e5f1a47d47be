/** The memory index: whether it is there, what it demands of a vector, and which memories it really holds. */
import { env } from "../../env";
import { isError, toArray, toBuffer, toBuffers, toInt, toMap, toText } from "../reply";
import { type Command, refusalText, type Store } from "../store";
import type { MemoryIndex } from "./types";

export interface ActiveIndex extends MemoryIndex {
  /** Keys must begin with one of these; empty when unknown. */
  prefixes: Buffer[];
  /** Its NUMERIC fields: a hash in which one of them holds no number is left out as a whole. */
  numericFields: string[];
}

function nothing(state: MemoryIndex["state"], name: string): ActiveIndex {
  return { state, name, dimensions: null, prefixes: [], numericFields: [] };
}

/** FT.INFO of the configured index (MEMORY_INDEX). Never throws for its absence: that is an answer. */
export async function readActiveIndex(store: Store): Promise<ActiveIndex> {
  const name = env().MEMORY_INDEX;
  const { queryEngine } = await store.capabilities();
  if (queryEngine === null) return nothing("no_engine", name);
  const [reply] = await store.pipeline([["FT.INFO", name]]);
  if (isError(reply)) {
    // RediSearch 2.10 says "Unknown index name", Redis 8.2 "no such index".
    const absent = /unknown index|no such index/i.test(refusalText(reply));
    return nothing(absent ? "no_index" : "unknown", name);
  }
  const info = toMap(reply);
  const attributes = toArray(info.get("attributes")).map((entry) => toMap(pairsOnly(toArray(entry))));
  const vector = attributes.find(
    (field) => toText(field.get("type")) === "VECTOR" && toText(field.get("identifier")) === "embedding",
  );
  const share = Number(toText(info.get("percent_indexed") ?? "1"));
  return {
    state: share < 1 ? "building" : "ready",
    name,
    dimensions: vector?.has("dim") ? toInt(vector.get("dim")) : null,
    prefixes: toBuffers(toMap(info.get("index_definition")).get("prefixes")),
    numericFields: attributes
      .filter((field) => toText(field.get("type")) === "NUMERIC")
      .map((field) => toText(field.get("identifier"))),
  };
}

/** Flags such as SORTABLE stand at an attribute's end without a value; names and values come before them. */
function pairsOnly<T>(entry: T[]): T[] {
  return entry.length % 2 === 0 ? entry : entry.slice(0, -1);
}

/** Keys per FT.SEARCH; 5,000 keys took 12 ms in all, measured. */
const CHUNK = 1_000;

/**
 * Which of these keys the index holds. INKEYS looks them up by name, so this is the index's own word, not a guess
 * from the fields.
 * @returns their latin1 names, or null when the index cannot be asked (none, no right, a cluster of which one
 *   node knows only its own part)
 */
export async function keysInIndex(
  store: Store,
  index: ActiveIndex,
  keys: readonly Buffer[],
): Promise<Set<string> | null> {
  if (index.state !== "ready" && index.state !== "building") return null;
  if ((await store.capabilities()).mode === "cluster") return null;
  const commands: Command[] = [];
  for (let at = 0; at < keys.length; at += CHUNK) {
    const chunk = keys.slice(at, at + CHUNK);
    commands.push([
      ...(["FT.SEARCH", index.name, "*", "NOCONTENT", "INKEYS", chunk.length] as const),
      ...chunk,
      ...(["LIMIT", 0, chunk.length, "DIALECT", 2] as const),
    ]);
  }
  const held = new Set<string>();
  for (const reply of await store.pipeline(commands)) {
    if (isError(reply)) return null;
    for (const key of toArray(reply).slice(1)) held.add(toBuffer(key).toString("latin1"));
  }
  return held;
}

/** What decides whether a memory is indexed. */
export interface IndexableMemory {
  key: Buffer;
  hasUserId: boolean;
  embeddingBytes: number;
  importanceIsNumber: boolean | null;
  timestampIsNumber: boolean | null;
}

/** @param held from {@link keysInIndex} */
export function indexedState(
  memory: IndexableMemory,
  index: ActiveIndex,
  held: Set<string> | null,
): { state: "yes" | "no" | "unknown"; reason?: string } {
  const no = (reason: string) => ({ state: "no" as const, reason });
  if (index.state === "no_engine") return no("This Redis has no Query Engine.");
  if (index.state === "no_index") return no(`There is no index ${index.name}.`);
  if (index.state === "unknown") return { state: "unknown", reason: "The index could not be asked." };
  const { embeddingBytes } = memory;
  if (index.dimensions === null) return no("The index has no vector field for embeddings.");
  if (embeddingBytes === 0) return no("It has no embedding: found by words, not by meaning.");
  if (embeddingBytes !== index.dimensions * 4) {
    const has = embeddingBytes % 4 === 0 ? `${embeddingBytes / 4} numbers` : `${embeddingBytes} bytes`;
    return no(
      `Its embedding has ${has}, the index wants ${index.dimensions} numbers: Redis leaves it out whole.`,
    );
  }
  if (held?.has(memory.key.toString("latin1"))) {
    return memory.hasUserId
      ? { state: "yes" }
      : no("It has no user_id field, so no search for this person finds it.");
  }
  const fault = leftOutBecause(memory, index);
  if (fault) return no(fault);
  if (held === null)
    return { state: "unknown", reason: "The index could not be asked which memories it holds." };
  if (index.state === "building") return { state: "unknown", reason: "The index is still being built." };
  return no("The index does not hold it; the Index page shows its last failures.");
}

function leftOutBecause(memory: IndexableMemory, index: ActiveIndex): string | null {
  if (
    index.prefixes.length > 0 &&
    !index.prefixes.some((prefix) => memory.key.subarray(0, prefix.length).equals(prefix))
  )
    return "Its key begins with none of the index's prefixes.";
  if (memory.importanceIsNumber === false && index.numericFields.includes("importance"))
    return "Its importance is no number: Redis leaves it out whole.";
  if (memory.timestampIsNumber === false && index.numericFields.includes("timestamp"))
    return "Its timestamp is no number: Redis leaves it out whole.";
  return null;
}
