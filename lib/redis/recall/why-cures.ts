/** What would have found a memory. Nothing is promised that was not tried: every change here was searched with. */

import { tokensOf } from "../query-engine/matches";
import { stemOf } from "../query-engine/stem";
import { queryWords } from "../query-engine/words";
import { type Candidate, type Ranking, rankCandidates } from "./candidate";
import { isBoosted } from "./fuse";
import type { SearchQuestion } from "./question";
import { K_MAX, QUERY_MAX_CHARS, SEARCH_MODES } from "./rules";
import type { WhyChange } from "./why-types";

/** The question with a change made. */
export function changed(question: SearchQuestion, change: WhyChange): SearchQuestion {
  switch (change.kind) {
    case "without-filter":
      if (change.clause === "importance") return { ...question, minImportance: null, maxImportance: null };
      if (change.clause === "time") return { ...question, since: null, until: null };
      return { ...question, category: null };
    case "max-distance":
      return { ...question, maxDistance: change.maxDistance };
    case "k":
      return { ...question, k: change.k };
    case "mode":
      return { ...question, mode: change.mode };
    case "word":
      return { ...question, query: `${question.query} ${change.word}`.trim() };
  }
}

/** Where the memory stands once K reaches it. */
export interface Place {
  k: number;
  place: number;
}

/**
 * The place at which the settings put a memory, and a K that reaches it.
 * @param all both lists as far down as was looked, threshold left out
 * @returns null when no K up to the depth of the lists does
 */
export function placeOf(
  isIt: (candidate: Candidate) => boolean,
  all: readonly Candidate[],
  ranking: Ranking,
  looked: number,
): Place | null {
  const { settings, ran } = ranking;
  const deeper = (ran.vector && ran.text) || isBoosted(settings);
  const limit = settings.maxDistance ?? Number.POSITIVE_INFINITY;
  const at = (k: number): number | null => {
    const depth = deeper ? Math.max(k, settings.fusionDepth) : k;
    const within = (rank: number | null) => (rank !== null && rank <= depth ? rank : null);
    const candidates = all.flatMap((one): Candidate[] => {
      const textRank = within(one.textRank);
      const vectorRank = (one.distance ?? 0) <= limit ? within(one.vectorRank) : null;
      return textRank === null && vectorRank === null ? [] : [{ ...one, textRank, vectorRank }];
    });
    const place = rankCandidates(candidates, ranking).findIndex(({ candidate }) => isIt(candidate)) + 1;
    return place > 0 && place <= k ? place : null;
  };
  if (at(looked) === null) return null;
  let [missed, reached] = [0, looked];
  while (reached - missed > 1) {
    const middle = Math.floor((missed + reached) / 2);
    if (at(middle) === null) missed = middle;
    else reached = middle;
  }
  return { k: reached, place: at(reached)! };
}

/** Words of the memory that the question lacks, the longest first: they tell most. */
function ownWords(content: string, question: SearchQuestion, stopWords: readonly string[]): string[] {
  const asked = new Set(queryWords(question.query, stopWords).words.map(stemOf));
  const words = queryWords(tokensOf(content).slice(0, 200).join(" "), stopWords).words;
  return words.filter((word) => !asked.has(stemOf(word))).sort((a, b) => b.length - a.length);
}

/** So many words are tried. */
const WORDS_TRIED = 3;

/** The single changes worth trying, in the order in which they are offered. */
export function changesToTry(
  question: SearchQuestion,
  place: Place | null,
  content: string,
  stopWords: readonly string[],
): WhyChange[] {
  const k: WhyChange[] = place && place.k > question.k && place.k <= K_MAX ? [{ kind: "k", k: place.k }] : [];
  const modes = SEARCH_MODES.filter((mode) => mode !== question.mode);
  const words =
    question.mode === "vector"
      ? []
      : ownWords(content, question, stopWords)
          .filter((word) => question.query.length + word.length < QUERY_MAX_CHARS)
          .slice(0, WORDS_TRIED);
  return [
    ...k,
    ...modes.map((mode): WhyChange => ({ kind: "mode", mode })),
    ...words.map((word): WhyChange => ({ kind: "word", word })),
  ];
}
