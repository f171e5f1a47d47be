/** The index in use: what it demands of a vector, which memories it really holds, and why it lacks the others. */
import { parseDisplayed } from "../../bytes";
import { env } from "../../env";
import { formatCount } from "../../format";
import { activeIndex } from "../query-engine/active-index";
import { vectorBytes } from "../query-engine/distance";
import { memoryFields } from "../query-engine/index-info";
import { keysInIndex } from "../query-engine/keys-in-index";
import type { Store } from "../store/store";
import { storeError } from "../store/store-errors";
import type { IndexedState, MemoryIndex } from "./types";
import { type VectorVerdict, verdictClause, verdictFor } from "./vector-verdict";

export interface UsedIndex extends MemoryIndex {
  /** COSINE, L2 or IP; null without a vector field on `embedding`. */
  metric: string | null;
  /** Length of a vector that it takes; null when it has no vector field on `embedding`. */
  vectorBytes: number | null;
  /** Keys must begin with one of these. */
  prefixes: Buffer[];
  /** Its NUMERIC fields: a hash in which one of them holds no number is left out as a whole. */
  numericFields: string[];
}

function without(state: MemoryIndex["state"]): UsedIndex {
  const name = env().MEMORY_INDEX;
  return {
    state,
    name,
    dimensions: null,
    dataType: null,
    metric: null,
    vectorBytes: null,
    prefixes: [],
    numericFields: [],
  };
}

/** The adopted, configured or only index. Its absence is an answer; so is that it could not be asked. */
export async function readUsedIndex(store: Store, consoleStore: Store): Promise<UsedIndex> {
  const active = await activeIndex(store, consoleStore).catch((error: unknown) => {
    // The list must not fail because FT.INFO is forbidden or the console's own state is down.
    if (storeError(error)) return null;
    throw error;
  });
  if (active === null) return without("unknown");
  if (active.state === "no-engine") return without("no_engine");
  if (active.state === "none") return without("no_index");
  const { index } = active;
  const field = memoryFields(index).vector;
  const vector = field?.identifier === "embedding" ? field.vector : null;
  return {
    state: index.percentIndexed < 1 ? "building" : "ready",
    name: index.name,
    dimensions: vector?.dimensions ?? null,
    dataType: vector?.dataType ?? null,
    metric: vector?.metric ?? null,
    vectorBytes: vector ? (vectorBytes(vector.dataType, 1) ?? 4) * vector.dimensions : null,
    prefixes: index.prefixes.map(parseDisplayed),
    numericFields: index.fields.filter(({ type }) => type === "NUMERIC").map(({ identifier }) => identifier),
  };
}

/**
 * Which of these keys the index holds: the index's own word, not a guess from the fields.
 * @returns their latin1 names, or null when the index cannot be asked (none, no right, a cluster of which one
 *   node knows only its own part)
 */
export async function keysInUsedIndex(
  store: Store,
  { state, name }: UsedIndex,
  keys: readonly Buffer[],
): Promise<Set<string> | null> {
  return state === "ready" || state === "building" ? keysInIndex(store, name, keys) : null;
}

/** What decides whether a memory is indexed. */
export interface IndexableMemory {
  key: Buffer;
  hasUserId: boolean;
  embeddingBytes: number;
  importanceIsNumber: boolean | null;
  timestampIsNumber: boolean | null;
  /** Of its embedding, where that was read. */
  verdict?: VectorVerdict;
}

/** @param held from {@link keysInUsedIndex} */
export function indexedState(
  memory: IndexableMemory,
  index: UsedIndex,
  held: Set<string> | null,
): IndexedState {
  const no = (reason: string) => ({ state: "no" as const, reason });
  if (index.state === "no_engine") return no("This Redis has no Query Engine.");
  if (index.state === "no_index") return no("There is no memory index in use.");
  if (index.state === "unknown") return { state: "unknown", reason: "The index could not be asked." };
  const fault = leftOutBecause(memory, index);
  const isHeld = held?.has(memory.key.toString("latin1")) ?? false;
  if (!isHeld && fault) return no(fault);
  if (isHeld && !memory.hasUserId) return no("It has no user_id field: searches for this person skip it.");
  if (isHeld || held === null) {
    const unmeant = wordsOnlyBecause(memory, index);
    if (unmeant) return { state: "words", reason: `${unmeant}: found by words, not by meaning.` };
    if (isHeld) return { state: "yes" };
    return { state: "unknown", reason: "The index could not be asked which memories it holds." };
  }
  if (index.state === "building") return { state: "unknown", reason: "The index is still being built." };
  return no("The index does not hold it; the Index page shows its last failures.");
}

/** Why the index brings it for no question's meaning, though it holds it; a sentence without its end. */
function wordsOnlyBecause(memory: IndexableMemory, index: UsedIndex): string | null {
  if (index.vectorBytes === null) return "The index has no vector field for embeddings";
  if (memory.embeddingBytes === 0) return "It has no embedding";
  const verdict = verdictFor(memory, index);
  return verdict && !verdict.findable ? verdictClause(verdict) : null;
}

function leftOutBecause(memory: IndexableMemory, index: UsedIndex): string | null {
  if (
    index.prefixes.length > 0 &&
    !index.prefixes.some((prefix) => memory.key.subarray(0, prefix.length).equals(prefix))
  )
    return "Its key begins with none of the index's prefixes.";
  if (memory.importanceIsNumber === false && index.numericFields.includes("importance"))
    return "Its importance is no number: Redis leaves it out whole.";
  if (memory.timestampIsNumber === false && index.numericFields.includes("timestamp"))
    return "Its timestamp is no number: Redis leaves it out whole.";
  return lengthFault(memory, index);
}

function lengthFault(memory: IndexableMemory, index: UsedIndex): string | null {
  const { vectorBytes: wanted, dimensions } = index;
  const { embeddingBytes: bytes } = memory;
  if (wanted === null || dimensions === null || bytes === 0 || bytes === wanted) return null;
  const width = wanted / dimensions;
  const has = bytes % width === 0 ? `${formatCount(bytes / width)} numbers` : `${formatCount(bytes)} bytes`;
  const what =
    verdictClause(verdictFor(memory, index)) ??
    `Its embedding has ${has}, the index wants ${formatCount(dimensions)} numbers`;
  return `${what}: Redis leaves it out whole.`;
}
