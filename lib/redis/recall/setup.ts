/** What a search will run on, known before anybody searches. */
import type { Embedder } from "../../embeddings/types";
import { activeIndex } from "../query-engine/active-index";
import { memoryFields } from "../query-engine/index-info";
import { type IndexModel, modelsOfIndexes } from "../query-engine/index-models";
import type { IndexInfo } from "../query-engine/index-types";
import type { Store } from "../store/store";
import { userOf } from "./operations";
import type { SearchableIndex, SearchSetup } from "./types";

/** Never throws for a missing engine or index: that is an answer. */
export async function readSetup(
  store: Store,
  consoleStore: Store,
  embedder: Embedder,
  userId: Buffer | null,
): Promise<SearchSetup> {
  const [active, { vectorSets }] = await Promise.all([
    activeIndex(store, consoleStore),
    store.capabilities(),
  ]);
  const { provider, model, dimensions } = embedder;
  const found = active.state === "no-engine" ? [] : active.indexes;
  const searched = found.filter((index) => index.keyType === "HASH" && index.coverage !== "none");
  const models = await modelsOfIndexes(consoleStore, searched);
  const indexes = searched.map((index, at) => searchable(index, models[at]!));
  const used = active.state === "active" ? indexes.find(({ name }) => name === active.index.name) : undefined;
  return {
    engine: active.state !== "no-engine",
    index: active.state === "active" && used ? { ...used, chosenBy: active.chosenBy } : null,
    indexes,
    vectorSets,
    embedder: { provider, model, dimensions },
    user: userId ? userOf(userId) : null,
  };
}

function searchable(index: IndexInfo, { model, embedder }: IndexModel): SearchableIndex {
  const vector = memoryFields(index).vector?.vector;
  const { name, documents, percentIndexed } = index;
  const { dimensions = null, metric = null } = vector ?? {};
  const embeds = embedder !== null && embedder.dimensions === dimensions;
  return { name, dimensions, metric, documents, percentIndexed, model, embeds };
}
