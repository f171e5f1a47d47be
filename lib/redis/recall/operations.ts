/** One search for all pages: by meaning, by words or by both, of one person or of everyone. */

import { displayBytes } from "../../bytes";
import type { Embedder } from "../../embeddings/types";
import { SafeError } from "../../errors";
import { sealRef } from "../../refs";
import { recordForeignHits } from "../query-engine/foreign-hits";
import { memoryFields } from "../query-engine/index-info";
import type { Store } from "../store/store";
import { rankCandidates, toHit } from "./candidate";
import type { IndexChoice } from "./choose-index";
import { readMissing } from "./contents";
import { type Asked, prepareSearch } from "./prepare";
import { type SearchQuestion, settingsOf } from "./question";
import { scanMemories } from "./scan-memories";
import { searchIndex } from "./search-index";
import { measureShares } from "./shares";
import type { SearchNotice, SearchResult } from "./types";
import { countUnmeasured } from "./unmeasured";

/**
 * The one search: of a person's memories page, the lab, the playground, the evaluation.
 * @param embedder null: the model that the index belongs to
 * @throws SafeError `invalid_input` when there is nothing to look for; `no_query_engine` / `no_index` for everyone
 *   without an index, or for an index by name that cannot be used; `dimension_mismatch` for a pasted vector that does
 *   not fit; `embedding_failed`
 */
export async function searchMemories(
  store: Store,
  consoleStore: Store,
  embedder: Embedder | null,
  question: SearchQuestion,
): Promise<SearchResult> {
  const prepared = await prepareSearch(store, consoleStore, embedder, question);
  const { asked, ran, choice, clauses } = prepared;
  const settings = settingsOf(question);
  const { index } = choice;
  const target = index ? memoryFields(index).vector?.vector : undefined;
  const found = await findCandidates(store, choice, clauses, asked);
  if (index && found.foreignHits > 0) {
    await recordForeignHits(consoleStore, index.name, found.foreignHits);
  }
  const ranking = {
    settings,
    ran,
    metric: target?.metric ?? "COSINE",
    words: asked.words,
    nowSeconds: Date.now() / 1_000,
  };
  const shown = rankCandidates(found.candidates, ranking).slice(0, question.k);
  const texts = await readMissing(
    store,
    shown.map(({ candidate }) => candidate),
  );
  const user = question.userId ? userOf(question.userId) : null;
  const users = new Map(user && question.userId ? [[question.userId.toString("latin1"), user.ref]] : []);
  return {
    settings,
    ran,
    basis: clauses === null ? "exact-scan" : "index",
    basisReason: prepared.scanReason,
    index: index
      ? { name: index.name, dimensions: target?.dimensions ?? null, metric: target?.metric ?? null }
      : null,
    user,
    hits: shown.map((ranked) => toHit(ranked, ranking, users)),
    foreignHits: found.foreignHits,
    disputedHits: found.disputedHits,
    incomplete: clauses !== null && (index?.percentIndexed ?? 1) < 1,
    percentIndexed: index?.percentIndexed ?? 1,
    notices: [...prepared.notices, ...found.notices],
    words: [...asked.words],
    droppedWords: prepared.dropped,
    vectorSource: asked.vector?.source ?? null,
    model: prepared.model,
    commands: [...found.commands, ...texts.commands],
    timings: {
      embedMs: prepared.embedMs,
      searchMs: found.searchMs,
      fetchMs: found.fetchMs + texts.ms,
    },
  };
}

/** Both lists as one, from the index or from the person's own keys, with all that their order comes from. */
export async function findCandidates(
  store: Store,
  choice: IndexChoice,
  clauses: string[] | null,
  asked: Asked,
) {
  const found = await findLists(store, choice, clauses, asked);
  const texts = await measureShares(store, found.candidates, asked);
  return {
    ...found,
    commands: [...found.commands, ...texts.commands],
    fetchMs: found.fetchMs + texts.ms,
  };
}

async function findLists(store: Store, choice: IndexChoice, clauses: string[] | null, asked: Asked) {
  const { index } = choice;
  if (index && clauses) {
    const question = { ...asked, index, clauses };
    const found = await searchIndex(store, question);
    const left = found.nearest ? await countUnmeasured(store, question, found.nearest) : null;
    const notices: SearchNotice[] = [];
    const unmeasured = left?.count ?? found.withoutDistance;
    if (unmeasured > 0) notices.push({ kind: "unmeasured", count: unmeasured });
    if (asked.category) notices.push({ kind: "category-looked-through", looked: found.looked });
    return {
      ...found,
      notices,
      commands: [...found.commands, ...(left?.commands ?? [])],
      searchMs: found.searchMs + (left?.ms ?? 0),
    };
  }
  if (!asked.userId) throw needsIndex(choice);
  const field = index ? memoryFields(index).vector : null;
  const vectorField = {
    identifier: field?.identifier ?? "embedding",
    dataType: field?.vector.dataType ?? "FLOAT32",
    metric: field?.vector.metric ?? "COSINE",
  };
  return { foreignHits: 0, ...(await scanMemories(store, { ...asked, userId: asked.userId, vectorField })) };
}

function needsIndex({ reason }: IndexChoice): SafeError {
  return reason === "no-engine"
    ? new SafeError(
        "no_query_engine",
        "Searching across all people needs the Query Engine, which this Redis lacks.",
        {
          hint: "Name one person: their memories are then compared one by one.",
        },
      )
    : new SafeError("no_index", "Searching across all people needs an index, and none is in use.", {
        hint: "Create or adopt one on the Index page, or name one person.",
      });
}

export function userOf(userId: Buffer): { ref: string; label: string } {
  return { ref: sealRef("user", userId), label: displayBytes(userId) };
}
