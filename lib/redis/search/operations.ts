/** One search for all pages: by meaning, by words or by both, of one person or of everyone. */

import { displayBytes, parseDisplayed } from "../../bytes";
import type { Embedder } from "../../embeddings/embedder";
import { SafeError } from "../../errors";
import { sealRef } from "../../refs";
import { type ActiveIndex, activeIndex } from "../query-engine/active-index";
import { type IndexInfo, memoryFields } from "../query-engine/index-info";
import { filterClauses } from "../query-engine/query-builder";
import { queryWords } from "../query-engine/words";
import type { Store } from "../store";
import { rankHits } from "./candidate";
import { FUSED_DEPTH } from "./fuse";
import { queryVector } from "./query-vector";
import type { SearchMode } from "./rules";
import { scanMemories } from "./scan-memories";
import { searchIndex } from "./search-index";
import type { SearchNotice, SearchResult, SearchSetup } from "./types";

export interface SearchQuestion {
  /** null: everyone, which needs the index. */
  userId: Buffer | null;
  query: string;
  /** A pasted vector; it takes the place of the query's own. */
  vector: string | null;
  mode: SearchMode;
  k: number;
  minImportance: number | null;
  maxImportance: number | null;
  /** Unix seconds. */
  since: number | null;
  until: number | null;
  /** As shown; see lib/bytes. */
  category: string | null;
  /** By the index's metric. Word matches stay, however far. */
  maxDistance: number | null;
}

/**
 * @throws SafeError `invalid_input` when there is nothing to look for; `no_query_engine` / `no_index` for everyone
 *   without an index; `dimension_mismatch` for a pasted vector that does not fit; `embedding_failed`
 */
export async function searchMemories(
  store: Store,
  consoleStore: Store,
  embedder: Embedder,
  question: SearchQuestion,
): Promise<SearchResult> {
  const pasted = question.vector?.trim() || null;
  if (question.query.trim() === "" && (pasted === null || question.mode === "text")) {
    throw new SafeError("invalid_input", "query: type something to look for, or paste a vector.", {
      field: "query",
    });
  }
  const active = await activeIndex(store, consoleStore);
  const index = usable(active);
  const clauses = index ? filterClauses(index, question) : null;
  const fields = index ? memoryFields(index) : null;
  const target = fields?.vector?.vector ?? null;
  const notices: SearchNotice[] = [];

  const lacksVectors = clauses !== null && target === null && question.mode !== "text";
  if (lacksVectors) notices.push({ kind: "no-vector-field" });
  const looked = lacksVectors
    ? { vector: null, notices: [], embedMs: 0 }
    : await queryVector({ query: question.query, pasted, mode: question.mode, target }, embedder);
  notices.push(...looked.notices);

  const { words, dropped } =
    question.mode === "vector"
      ? { words: [], dropped: [] }
      : queryWords(question.query, index?.stopWords ?? []);
  if (question.mode !== "vector" && question.query.trim() !== "" && words.length === 0) {
    notices.push({ kind: "no-words" });
  }
  const wordsAsked = clauses !== null && !fields?.content ? [] : words;
  if (words.length > 0 && wordsAsked.length === 0) notices.push({ kind: "no-text-field" });

  const ran = { vector: looked.vector !== null, text: wordsAsked.length > 0 };
  const asked = {
    ...question,
    k: ran.vector && ran.text ? Math.max(question.k, FUSED_DEPTH) : question.k,
    words: wordsAsked,
    vector: looked.vector,
    category: question.category === null ? null : parseDisplayed(question.category),
  };
  const metric = target?.metric ?? "COSINE";
  const found = await find(store, active, clauses, asked);
  return {
    mode: question.mode,
    ran,
    basis: clauses === null ? "exact-scan" : "index",
    basisReason: clauses === null ? scanReason(active) : null,
    index: index
      ? { name: index.name, dimensions: target?.dimensions ?? null, metric: target?.metric ?? null }
      : null,
    user: question.userId ? userOf(question.userId) : null,
    k: question.k,
    hits: rankHits(found.candidates, { k: question.k, ran, mode: question.mode, metric }),
    foreignHits: found.foreignHits,
    disputedHits: found.disputedHits,
    incomplete: clauses !== null && (index?.percentIndexed ?? 1) < 1,
    percentIndexed: index?.percentIndexed ?? 1,
    notices: [...notices, ...found.notices],
    words: wordsAsked,
    droppedWords: dropped,
    vectorSource: looked.vector?.source ?? null,
    model: embedder.model,
    commands: found.commands,
    timings: { embedMs: looked.embedMs, searchMs: found.searchMs, fetchMs: found.fetchMs },
  };
}

type Asked = Omit<SearchQuestion, "vector" | "category"> &
  Pick<Parameters<typeof searchIndex>[1], "words" | "vector" | "category">;

async function find(store: Store, active: ActiveIndex, clauses: string[] | null, asked: Asked) {
  const index = usable(active);
  if (index && clauses) {
    const found = await searchIndex(store, { ...asked, index, clauses });
    const looked: SearchNotice[] = asked.category
      ? [{ kind: "category-looked-through", looked: found.looked }]
      : [];
    return { ...found, notices: looked };
  }
  if (!asked.userId) throw needsIndex(active);
  const field = index ? memoryFields(index).vector : null;
  const vectorField = {
    identifier: field?.identifier ?? "embedding",
    dataType: field?.vector.dataType ?? "FLOAT32",
    metric: field?.vector.metric ?? "COSINE",
  };
  return { foreignHits: 0, ...(await scanMemories(store, { ...asked, userId: asked.userId, vectorField })) };
}

/** FT.SEARCH over JSON documents has another shape; the assistant's memories are hashes. */
function usable(active: ActiveIndex): IndexInfo | null {
  return active.state === "active" && active.index.keyType === "HASH" ? active.index : null;
}

function scanReason(active: ActiveIndex): SearchResult["basisReason"] {
  if (active.state === "no-engine") return "no-engine";
  if (active.state === "none") return "no-index";
  return active.index.keyType === "HASH" ? "id-not-expressible" : "index-kind";
}

function needsIndex(active: ActiveIndex): SafeError {
  return active.state === "no-engine"
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

function userOf(userId: Buffer): { ref: string; label: string } {
  return { ref: sealRef("user", userId), label: displayBytes(userId) };
}

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
