/** The indexes of the server: what they are, what they leave out, which one is used. */
import type { Embedder } from "../../embeddings/embedder";
import { env } from "../../env";
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { activeIndex } from "../query-engine/active-index";
import { readIndexInfo } from "../query-engine/index-info";
import type { Store } from "../store";
import { refusalText } from "../store-errors";
import { describeForPage } from "./describe";
import { createIndexCommand, type IndexForm } from "./rules";
import type { IndexesState } from "./types";

/** All of them, and which is in force. No Query Engine is an answer, not an error. */
export async function readIndexes(
  store: Store,
  consoleStore: Store,
  embedder: Embedder,
): Promise<IndexesState> {
  const active = await activeIndex(store, consoleStore);
  const { provider, model, dimensions } = embedder;
  const facts = {
    configuredName: env().MEMORY_INDEX,
    userKeyPrefix: env().USER_KEY_PREFIX,
    embedder: { provider, model, dimensions },
  };
  if (active.state === "no-engine") {
    return {
      engine: false,
      coversOneShard: false,
      indexes: [],
      listed: true,
      active: null,
      missingAdopted: null,
      ...facts,
    };
  }
  return {
    engine: true,
    coversOneShard: (await store.capabilities()).searchCoversOneShard,
    indexes: await describeForPage(store, active.indexes),
    active: active.state === "active" ? { name: active.index.name, chosenBy: active.chosenBy } : null,
    listed: active.listed,
    missingAdopted: active.missingAdopted,
    ...facts,
  };
}

/**
 * FT.CREATE over the keys of people. Redis fills it in the background; `percentIndexed` tells how far it is.
 * @throws SafeError `conflict` when the name is taken, `no_query_engine`
 */
export async function createIndex(
  store: Store,
  input: { name: string; dimensions: number; form: IndexForm },
): Promise<{ name: string }> {
  await requireEngine(store);
  try {
    await store.command(...createIndexCommand({ ...input, prefix: env().USER_KEY_PREFIX }));
  } catch (error) {
    if (!/index already exists/i.test(refusalText(error))) throw error;
    throw new SafeError("conflict", `There is an index ${input.name} already.`, {
      field: "name",
      hint: "Choose another name, or adopt the one that is there.",
    });
  }
  return { name: input.name };
}

/**
 * Use this index from now on, instead of MEMORY_INDEX; null goes back to it.
 * @throws SafeError `not_found`, `conflict` when it cannot hold the memories of people
 */
export async function adoptIndex(
  store: Store,
  consoleStore: Store,
  input: { name: string | null },
): Promise<{ name: string | null }> {
  if (input.name === null) {
    await consoleStore.command("UNLINK", consoleKeys.adoptedIndex());
    return { name: null };
  }
  await requireEngine(store);
  const index = await readIndexInfo(store, input.name);
  if (!index) {
    throw new SafeError("not_found", `There is no index ${input.name} any more.`, {
      hint: "It was dropped or renamed since this page was loaded.",
    });
  }
  if (index.keyType !== "HASH" || index.coverage === "none") {
    const why = index.keyType === "HASH" ? "looks at none of the keys of people" : "is not over hashes";
    throw new SafeError("conflict", `The index ${input.name} ${why}, so it cannot hold their memories.`, {
      hint: `An index over HASH with the prefix ${env().USER_KEY_PREFIX} can.`,
    });
  }
  await consoleStore.command("SET", consoleKeys.adoptedIndex(), index.name);
  return { name: index.name };
}

async function requireEngine(store: Store): Promise<void> {
  if ((await store.capabilities()).queryEngine !== null) return;
  throw new SafeError("no_query_engine", "This Redis has no Query Engine, so it cannot hold an index.", {
    hint: "Use Redis 8 with the Query Engine (the official image has it).",
  });
}
