/** The indexes of the server: what they are, what they leave out, who uses them. */
import { configuredEmbedders } from "../../embeddings/embedder";
import { env } from "../../env";
import { activeIndex, adoptedIndexName } from "../query-engine/active-index";
import type { Store } from "../store/store";
import { describeForPage } from "./describe";
import type { IndexesState } from "./types";
import { readAliases } from "./uses";

/** All of them, and which is in force. No Query Engine is an answer, not an error. */
export async function readIndexes(store: Store, consoleStore: Store): Promise<IndexesState> {
  const active = await activeIndex(store, consoleStore);
  const facts = {
    configuredName: env().MEMORY_INDEX,
    userKeyPrefix: env().USER_KEY_PREFIX,
    models: configuredEmbedders().map(({ model, provider, dimensions, field, place }) => ({
      ...{ model, provider, dimensions, field, place },
    })),
  };
  if (active.state === "no-engine") {
    return {
      engine: false,
      coversOneShard: false,
      indexes: [],
      listed: true,
      aliasesListed: true,
      active: null,
      missingAdopted: null,
      ...facts,
    };
  }
  const [aliases, adopted] = await Promise.all([
    readAliases(store, consoleStore, active.indexes),
    adoptedIndexName(consoleStore),
  ]);
  return {
    engine: true,
    coversOneShard: (await store.capabilities()).searchCoversOneShard,
    indexes: await describeForPage(store, consoleStore, active.indexes, { aliases, adopted }),
    active: active.state === "active" ? { name: active.index.name, chosenBy: active.chosenBy } : null,
    listed: active.listed,
    aliasesListed: aliases.listed,
    missingAdopted: active.missingAdopted,
    ...facts,
  };
}
