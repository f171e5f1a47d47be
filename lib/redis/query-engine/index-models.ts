/**
 * Which embedding model made the vectors of an index. Redis does not know: it was said when the console created the
 * index, or by an operator since; otherwise it is guessed from the length of its vectors.
 *
 *   console:indexes:models  hash  index's name → model's name
 */
import { type ConfiguredEmbedder, configuredEmbedders } from "../../embeddings/embedder";
import { consoleKeys } from "../console-keys";
import { toArray, toText } from "../store/reply";
import type { Store } from "../store/store";
import { memoryFields } from "./index-info";
import type { IndexInfo } from "./index-types";

export interface IndexModel {
  /** The model's name; null where none is bound and no configured model's vectors fit. */
  model: string | null;
  /** null: the bound model is not configured (any more), or there is none. */
  embedder: ConfiguredEmbedder | null;
  /** `bound`: somebody said so. `guess`: it is the configured model whose vectors have the index's length. */
  by: "bound" | "guess" | "none";
}

/** The model of one index, by its own name (not an alias). One round trip to the console's state. */
export async function modelOfIndex(consoleStore: Store, index: IndexInfo): Promise<IndexModel> {
  return (await modelsOfIndexes(consoleStore, [index]))[0]!;
}

/** {@link modelOfIndex} of several, in their order, in one round trip. */
export async function modelsOfIndexes(
  consoleStore: Store,
  indexes: readonly IndexInfo[],
): Promise<IndexModel[]> {
  if (indexes.length === 0) return [];
  const names = indexes.map(({ name }) => name);
  const bound = toArray(await consoleStore.command("HMGET", consoleKeys.indexModels(), ...names));
  return indexes.map((index, at) => {
    const name = bound[at];
    return name === null || name === undefined
      ? guessModel(index, configuredEmbedders())
      : boundModel(toText(name), index, configuredEmbedders());
  });
}

/** Say which model an index belongs to; null forgets it, so that it is guessed again. */
export async function bindModel(consoleStore: Store, indexName: string, model: string | null): Promise<void> {
  const key = consoleKeys.indexModels();
  if (model === null) await consoleStore.command("HDEL", key, indexName);
  else await consoleStore.command("HSET", key, indexName, model);
}

/** One name may be configured twice, with other dimensions: then the one that fits the index. */
function boundModel(model: string, index: IndexInfo, configured: readonly ConfiguredEmbedder[]): IndexModel {
  const named = configured.filter((one) => one.model === model);
  const vector = memoryFields(index).vector?.vector;
  const embedder = named.find(({ dimensions }) => dimensions === vector?.dimensions) ?? named[0] ?? null;
  return { model, embedder, by: "bound" };
}

/** Of models whose vectors have the index's length, the one that is configured for the field the index reads. */
export function guessModel(index: IndexInfo, configured: readonly ConfiguredEmbedder[]): IndexModel {
  const field = memoryFields(index).vector;
  const fitting = configured.filter(({ dimensions }) => dimensions === field?.vector.dimensions);
  const embedder = fitting.find((one) => one.field === field?.identifier) ?? fitting[0] ?? null;
  return { model: embedder?.model ?? null, embedder, by: embedder ? "guess" : "none" };
}
