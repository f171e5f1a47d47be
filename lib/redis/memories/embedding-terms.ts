/** What a text written now would be embedded with, and whether the index takes such a vector. */

import { EMBEDDED_CHARS } from "../../embeddings/odd-texts";
import type { Embedder } from "../../embeddings/types";
import { SafeError } from "../../errors";
import type { Store } from "../store/store";
import { indexDto } from "./list-memories";
import type { EmbeddingTerms } from "./types";
import { readUsedIndex } from "./used-index";

export async function readEmbeddingTerms(
  store: Store,
  consoleStore: Store,
  embedder: Embedder,
): Promise<EmbeddingTerms> {
  const index = await readUsedIndex(store, consoleStore);
  const { provider, model, dimensions } = embedder;
  return {
    provider,
    model,
    dimensions,
    maxChars: EMBEDDED_CHARS,
    index: indexDto(index),
    // Without an index (or with one on other fields) there is nothing that a vector could be too long for.
    fits: index.dimensions === null || (index.dimensions === dimensions && index.dataType === "FLOAT32"),
  };
}

/**
 * Refuses to embed what would drop out of the index: a vector of another length makes Redis leave out the whole
 * memory, also for word search, and only FT.INFO tells.
 * @throws SafeError `dimension_mismatch`
 */
export async function requireFit(store: Store, consoleStore: Store, embedder: Embedder): Promise<void> {
  const { fits, dimensions, model, index } = await readEmbeddingTerms(store, consoleStore, embedder);
  if (fits) return;
  throw new SafeError(
    "dimension_mismatch",
    `${model} gives ${dimensions} FLOAT32 numbers, the index ${index.name} wants ${index.dimensions} ${index.dataType}: with such a vector Redis would leave the memory out of the index.`,
    {
      hint: "Save it without an embedding (found by words only), or configure the model that the index was made for.",
    },
  );
}
