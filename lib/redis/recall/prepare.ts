/** What is asked of Redis, and what cannot be: everything before the search itself. */
import { parseDisplayed } from "../../bytes";
import type { Embedder } from "../../embeddings/types";
import { SafeError } from "../../errors";
import { memoryFields } from "../query-engine/index-info";
import { filterClauses } from "../query-engine/query-builder";
import { isUnspaced, queryWords } from "../query-engine/words";
import type { Store } from "../store/store";
import { chooseIndex, type IndexChoice, modelFor } from "./choose-index";
import { isBoosted } from "./fuse";
import { type QueryVector, queryVector } from "./query-vector";
import type { SearchQuestion } from "./question";
import type { SearchNotice, SearchResult } from "./types";

/** The question as the lists are asked for it. */
export interface Asked extends Omit<SearchQuestion, "vector" | "category"> {
  /** Empty: no word search. */
  words: readonly string[];
  vector: QueryVector | null;
  category: Buffer | null;
}

export interface Prepared {
  choice: IndexChoice;
  /** null: no query can say it, and one person's memories are compared one by one. */
  clauses: string[] | null;
  /** Why they are. */
  scanReason: SearchResult["basisReason"];
  asked: Asked;
  ran: { vector: boolean; text: boolean };
  notices: SearchNotice[];
  /** Stop-words. */
  dropped: string[];
  embedMs: number;
  model: string;
}

/** @throws SafeError as {@link searchMemories} does */
export async function prepareSearch(
  store: Store,
  consoleStore: Store,
  embedder: Embedder | null,
  question: SearchQuestion,
): Promise<Prepared> {
  const pasted = question.vector?.trim() || null;
  if (question.query.trim() === "" && (pasted === null || question.mode === "text")) {
    throw new SafeError("invalid_input", "query: type something to look for, or paste a vector.", {
      field: "query",
    });
  }
  const choice = await chooseIndex(store, consoleStore, question.index);
  const { index } = choice;
  const { words, dropped } =
    question.mode === "vector"
      ? { words: [], dropped: [] }
      : queryWords(question.query, index?.stopWords ?? []);
  // Asked there, the index knows what lies on one node. A person's memories can be compared one by one instead.
  const oneNode = index !== null && (await store.capabilities()).searchCoversOneShard;
  const around = question.userId === null ? null : aroundIndex(question, words, oneNode);
  const clauses = index && around === null ? filterClauses(index, question) : null;
  const fields = index ? memoryFields(index) : null;
  const target = fields?.vector?.vector ?? null;
  const notices: SearchNotice[] = oneNode && around === null ? [{ kind: "one-node" }] : [];

  const by = await modelFor(consoleStore, index, embedder);
  const lacksVectors = clauses !== null && target === null && question.mode !== "text";
  if (lacksVectors) notices.push({ kind: "no-vector-field" });
  const looked = lacksVectors
    ? { vector: null, notices: [], embedMs: 0 }
    : await queryVector({ ...question, pasted, target }, by);
  notices.push(...looked.notices);

  if (question.mode !== "vector" && question.query.trim() !== "" && words.length === 0) {
    notices.push({ kind: "no-words" });
  }
  const wordsAsked = clauses !== null && !fields?.content ? [] : words;
  if (words.length > 0 && wordsAsked.length === 0) notices.push({ kind: "no-text-field" });

  const ran = { vector: looked.vector !== null, text: wordsAsked.length > 0 };
  // A list that is reordered is read further down than it is shown.
  const deeper = (ran.vector && ran.text) || isBoosted(question);
  const asked: Asked = {
    ...question,
    k: deeper ? Math.max(question.k, question.fusionDepth) : question.k,
    words: wordsAsked,
    vector: looked.vector,
    category: question.category === null ? null : parseDisplayed(question.category),
  };
  return {
    choice,
    clauses,
    scanReason: clauses === null ? (choice.reason ?? around ?? "id-not-expressible") : null,
    asked,
    ran,
    notices,
    dropped,
    embedMs: looked.embedMs,
    model: by.model,
  };
}

/** Why one person's memories are compared one by one although there is an index. */
function aroundIndex(
  { index }: SearchQuestion,
  words: readonly string[],
  oneNode: boolean,
): "one-node" | "unspaced" | null {
  if (oneNode) return "one-node";
  // Who names an index wants to see what that one finds.
  return index === null && words.some(isUnspaced) ? "unspaced" : null;
}
