/** What a search will run on, known before anybody searches. */

import type { Embedder } from "../../embeddings/embedder";
import { activeIndex } from "../query-engine/active-index";
import { memoryFields } from "../query-engine/index-info";
import type { Store } from "../store";
import { userOf } from "./operations";
import type { SearchSetup } from "./types";

/** What a search will run on. Never throws for a missing engine or index: that is an answer. */
export async function readSetup(
  store: Store,
  consoleStore: Store,
  embedder: Embedder,
  userId: Buffer | null,
): Promise<SearchSetup> {
  const active = await activeIndex(store, consoleStore);
  const { provider, model, dimensions } = embedder;
  const vector = active.index ? memoryFields(active.index).vector?.vector : undefined;
  return {
    engine: active.state !== "no-engine",
    index:
      active.state === "active"
        ? {
            name: active.index.name,
            dimensions: vector?.dimensions ?? null,
            metric: vector?.metric ?? null,
            documents: active.index.documents,
            percentIndexed: active.index.percentIndexed,
            chosenBy: active.chosenBy,
          }
        : null,
    embedder: { provider, model, dimensions },
    user: userId ? userOf(userId) : null,
  };
}
