/** Which model embeds a fact, and which field its vector belongs in: those of the index in use. */
import { embedder as primaryEmbedder } from "../../embeddings/embedder";
import type { Embedder } from "../../embeddings/types";
import { SafeError } from "../../errors";
import { VECTOR_FIELD } from "../memory-vectors";
import { activeIndex } from "../query-engine/active-index";
import { memoryFields } from "../query-engine/index-info";
import { modelOfIndex } from "../query-engine/index-models";
import type { Store } from "../store/store";

export interface FactModel {
  embedder: Embedder;
  field: string;
}

/** @throws SafeError `dimension_mismatch`: with such a vector Redis would leave the whole memory out of the index */
export async function modelForFacts(store: Store, consoleStore: Store): Promise<FactModel> {
  const primary = primaryEmbedder();
  const { index } = await activeIndex(store, consoleStore);
  const field = index ? memoryFields(index).vector : null;
  if (!index || !field) return { embedder: primary, field: VECTOR_FIELD };
  const { embedder } = await modelOfIndex(consoleStore, index);
  const { dimensions, dataType } = field.vector;
  if (embedder?.dimensions === dimensions && dataType === "FLOAT32")
    return { embedder, field: field.identifier };
  throw new SafeError(
    "dimension_mismatch",
    `No configured model gives what the index ${index.name} wants: ${dimensions} numbers of ${dataType}.`,
    { hint: "The Index page says which model it belongs to, and what to do." },
  );
}
