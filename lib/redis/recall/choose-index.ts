/** Which index a search goes to, and which model its vectors come from. */
import { embedder as primaryEmbedder } from "../../embeddings/embedder";
import type { Embedder } from "../../embeddings/types";
import { env } from "../../env";
import { SafeError } from "../../errors";
import { activeIndex, adoptedIndexName } from "../query-engine/active-index";
import { readIndexInfo } from "../query-engine/index-info";
import { modelOfIndex } from "../query-engine/index-models";
import type { IndexInfo } from "../query-engine/index-types";
import type { Store } from "../store/store";

export type IndexChoice =
  | { index: IndexInfo; reason: null }
  /** Without an index one person's memories are compared one by one. */
  | { index: null; reason: "no-engine" | "no-index" | "index-kind" };

/**
 * @param name null: the index in use. FT.SEARCH over JSON documents has another shape; memories are hashes.
 * @throws SafeError `no_query_engine`, `no_index` for a name that cannot be searched
 */
export async function chooseIndex(
  store: Store,
  consoleStore: Store,
  name: string | null,
): Promise<IndexChoice> {
  if (name !== null) return { index: await indexNamed(store, name), reason: null };
  if ((await store.capabilities()).queryEngine === null) return { index: null, reason: "no-engine" };
  const chosen = await chosenIndex(store, consoleStore);
  if (chosen?.keyType === "HASH") return { index: chosen, reason: null };
  const active = await activeIndex(store, consoleStore);
  if (active.state === "no-engine") return { index: null, reason: "no-engine" };
  if (active.state === "none") return { index: null, reason: "no-index" };
  return active.index.keyType === "HASH"
    ? { index: active.index, reason: null }
    : { index: null, reason: "index-kind" };
}

/** The adopted or configured one, without asking for all the others: {@link activeIndex} says the same with more words. */
async function chosenIndex(store: Store, consoleStore: Store): Promise<IndexInfo | null> {
  const configured = env().MEMORY_INDEX;
  const [adopted, byName] = await Promise.all([
    adoptedIndexName(consoleStore),
    readIndexInfo(store, configured),
  ]);
  if (adopted === null || adopted === configured) return byName;
  return (await readIndexInfo(store, adopted)) ?? byName;
}

async function indexNamed(store: Store, name: string): Promise<IndexInfo> {
  if ((await store.capabilities()).queryEngine === null) {
    throw new SafeError("no_query_engine", "This Redis has no Query Engine, so it has no indexes.");
  }
  const index = await readIndexInfo(store, name);
  if (index === null || index.keyType !== "HASH" || index.coverage === "none") {
    throw new SafeError("no_index", "index: there is no index of this name over people's memories.", {
      field: "index",
      hint: "Choose another one, or leave it to the index in use.",
    });
  }
  return index;
}

/**
 * The model that makes a question's vector for this index.
 * @returns `embedder: null` when the index belongs to a model that is not configured
 */
export async function modelFor(
  consoleStore: Store,
  index: IndexInfo | null,
  given: Embedder | null,
): Promise<{ embedder: Embedder | null; model: string }> {
  if (given !== null) return { embedder: given, model: given.model };
  const primary = primaryEmbedder();
  if (index === null) return { embedder: primary, model: primary.model };
  const { embedder, model, by } = await modelOfIndex(consoleStore, index);
  // No model fits: the first one is asked, and its other dimension is said.
  if (by === "none") return { embedder: primary, model: primary.model };
  return { embedder, model: embedder?.model ?? model ?? primary.model };
}
