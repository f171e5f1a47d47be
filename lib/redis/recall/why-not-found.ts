/** Why a search does not find a memory that somebody expected, and what would have found it. */
import { displayBytes } from "../../bytes";
import type { Embedder } from "../../embeddings/types";
import { sealRef } from "../../refs";
import { memoryFields } from "../query-engine/index-info";
import { matchesOf } from "../query-engine/matches";
import type { Store } from "../store/store";
import type { Candidate, Ranking } from "./candidate";
import { findCandidates, searchMemories } from "./operations";
import { prepareSearch } from "./prepare";
import { type SearchQuestion, settingsOf } from "./question";
import { HIT_CHARS } from "./rules";
import type { SearchResult } from "./types";
import { changed, changesToTry, type Place, placeOf } from "./why-cures";
import { exactDistance, type MemoryName, readFacts } from "./why-facts";
import { filterReasons, leftOutBecause, meaningReasons, wordReasons } from "./why-reasons";
import type { WhyAnswer, WhyChange, WhyReason } from "./why-types";

/** So far down both lists are read for a place; the index is never asked for more. */
const LOOKED = 1_000;

/**
 * About a dozen searches at most: a deliberate question, not one of every page.
 * @param question its `userId` does not count: the memory's own person is searched
 * @throws SafeError as {@link searchMemories} does
 */
export async function whyNotFound(
  store: Store,
  consoleStore: Store,
  embedder: Embedder | null,
  asked: SearchQuestion,
  memory: MemoryName,
): Promise<WhyAnswer> {
  const question = { ...asked, userId: memory.userId };
  const prepared = await prepareSearch(store, consoleStore, embedder, question);
  const { index } = prepared.choice;
  const facts = await readFacts(store, memory, index);
  const memoryRef = sealRef("memory", Buffer.concat([memory.category, Buffer.from(":"), memory.number]));
  const placeIn = (result: SearchResult) => result.hits.findIndex((hit) => hit.memoryRef === memoryRef) + 1;
  const search = async (changes: readonly WhyChange[]) =>
    placeIn(await searchMemories(store, consoleStore, embedder, changes.reduce(changed, question)));

  const answer: WhyAnswer = {
    memory: {
      userRef: sealRef("user", memory.userId),
      memoryRef,
      category: displayBytes(memory.category),
      number: displayBytes(memory.number),
      content: facts.content.toString("utf8").slice(0, HIT_CHARS),
    },
    reasons: [],
    distance: exactDistance(facts, prepared.asked.vector, index),
    textRank: null,
    vectorRank: null,
    needed: [],
    neededSuffice: false,
    anyOf: [],
    basis: prepared.clauses === null ? "exact-scan" : "index",
    index: prepared.clauses === null ? null : (index?.name ?? null),
  };
  const foundAt = await search([]);
  if (foundAt > 0) return { ...answer, reasons: [{ kind: "found", place: foundAt }] };
  const leftOut = leftOutBecause(facts, memory, prepared);
  if (leftOut.length > 0) return { ...answer, reasons: leftOut };

  const filtered = filterReasons(facts, memory, question);
  const needed: WhyChange[] = filtered.map(({ clause }) => ({ kind: "without-filter", clause }));
  const unfiltered = needed.reduce(changed, question);
  const ranks = await ranksOf(store, consoleStore, embedder, unfiltered, memory);
  const content = facts.content.toString("utf8");
  // The engine's own word, where its list came to an end: it cuts and folds words otherwise than is guessed here.
  const held = ranks.textEnded
    ? ranks.textRank !== null
    : matchesOf(content, prepared.asked.words).length > 0;
  const words = wordReasons(prepared, held ? null : content);
  const distance = answer.distance ?? ranks.distance;
  const meaning = meaningReasons(facts, prepared, distance, question);
  const beyond = meaning.find((reason) => reason.kind === "beyond-distance");
  if (beyond && ranks.textRank === null) {
    needed.push({ kind: "max-distance", maxDistance: Math.ceil(beyond.distance * 1_000) / 1_000 });
  }
  const neededSuffice = needed.length > 0 && (await search(needed)) > 0;
  const { place } = ranks;
  const tried = neededSuffice
    ? []
    : changesToTry(question, place, answer.memory.content, index?.stopWords ?? []);
  const anyOf: WhyChange[] = [];
  for (const change of tried) {
    // One word is enough to name.
    if (change.kind === "word" && anyOf.some(({ kind }) => kind === "word")) continue;
    if ((await search([...needed, change])) > 0) anyOf.push(change);
  }
  const ranked = ranks.textRank !== null || (ranks.vectorRank !== null && !beyond);
  const far: WhyReason[] =
    ranked && !neededSuffice
      ? [{ kind: "too-far-down", place: place?.place ?? null, k: question.k, looked: LOOKED }]
      : [];
  const reasons = [...filtered, ...far, ...words, ...meaning];
  return {
    ...answer,
    textRank: ranks.textRank,
    vectorRank: ranks.vectorRank,
    distance,
    // HNSW is approximate: that a list does not come to it may be all there is to say.
    reasons:
      reasons.length > 0 ? reasons : [{ kind: "too-far-down", place: null, k: question.k, looked: LOOKED }],
    needed,
    neededSuffice,
    anyOf,
  };
}

interface Ranks {
  textRank: number | null;
  /** Were there fewer word matches than were looked for? Then who is none of them does not match. */
  textEnded: boolean;
  vectorRank: number | null;
  distance: number | null;
  place: Place | null;
}

/** Its places in both lists, read far down, the threshold left out. */
async function ranksOf(
  store: Store,
  consoleStore: Store,
  embedder: Embedder | null,
  question: SearchQuestion,
  memory: MemoryName,
): Promise<Ranks> {
  const { choice, clauses, asked, ran } = await prepareSearch(store, consoleStore, embedder, question);
  const found = await findCandidates(store, choice, clauses, { ...asked, k: LOOKED, maxDistance: null });
  const isIt = ({ parsed }: Candidate) =>
    parsed.category.equals(memory.category) && parsed.number.equals(memory.number);
  const it = found.candidates.find(isIt);
  const metric = (choice.index && memoryFields(choice.index).vector?.vector.metric) ?? "COSINE";
  const ranking: Ranking = {
    settings: settingsOf(question),
    ran,
    metric,
    words: asked.words,
    nowSeconds: Date.now() / 1_000,
  };
  return {
    textRank: it?.textRank ?? null,
    textEnded: found.candidates.filter(({ textRank }) => textRank !== null).length < LOOKED,
    vectorRank: it?.vectorRank ?? null,
    distance: it?.distance ?? null,
    place: it ? placeOf(isIt, found.candidates, ranking, LOOKED) : null,
  };
}
