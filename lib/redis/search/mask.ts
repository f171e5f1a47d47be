/** A search for those who may not see what it finds: that something is found, how near it is, and of whom. */
import { SafeError } from "../../errors";
import { MASK, type Masker, maskName, maskText } from "../../masking";
import { openRef } from "../../refs";
import type { SearchHit, SearchNotice, SearchResult, SearchSetup } from "../recall/types";
import { redactedCommand } from "./redacted-command";

interface Asked {
  maxDistance?: number | null;
}

/** A number outside of these years is no date, and may be somebody's telephone. Unix seconds. */
const LIKELY_FROM = Date.UTC(2000, 0, 1) / 1_000;
const LIKELY_UNTIL = Date.UTC(2100, 0, 1) / 1_000;

/**
 * @throws SafeError `forbidden` for a greatest distance to a pasted vector: asked often enough, the answers are the
 *   stored vectors' own numbers, and those tell what a text is about
 */
export function maskSearchResult(result: SearchResult, masker: Masker, { maxDistance }: Asked): SearchResult {
  const pasted = result.vectorSource === "pasted";
  if (pasted && typeof maxDistance === "number") {
    throw new SafeError("forbidden", "Distances to a pasted vector are not told where memories are masked.", {
      hint: "Leave the greatest distance out, or look for a text instead.",
    });
  }
  return {
    settings: result.settings,
    ran: result.ran,
    basis: result.basis,
    basisReason: result.basisReason,
    index: result.index,
    user: result.user && { ref: result.user.ref, label: masker.label(result.user.ref) },
    hits: result.hits.map((hit) => (masker.hides(hit.userRef) ? maskHit(hit, masker, pasted) : hit)),
    foreignHits: result.foreignHits,
    disputedHits: result.disputedHits,
    incomplete: result.incomplete,
    percentIndexed: result.percentIndexed,
    notices: result.notices.map(maskNotice),
    words: result.words.map(() => MASK),
    droppedWords: result.droppedWords,
    vectorSource: result.vectorSource,
    model: result.model,
    commands: result.commands.map(({ purpose, text, times, ms }) => {
      return { purpose, text: redactedCommand(text, result), times, ms };
    }),
    timings: result.timings,
    masked: true,
  };
}

function maskHit(hit: SearchHit, masker: Masker, pasted: boolean): SearchHit {
  const owner = openRef("user", hit.userRef);
  const { importance, timestamp, distance, similarity } = hit;
  const usual = importance !== null && Number.isInteger(importance) && importance >= 1 && importance <= 10;
  const likely = timestamp !== null && timestamp >= LIKELY_FROM && timestamp < LIKELY_UNTIL;
  const hidden = (importance !== null && !usual) || (timestamp !== null && !likely);
  return {
    userRef: hit.userRef,
    userLabel: masker.label(hit.userRef),
    memoryRef: hit.memoryRef,
    category: maskName(hit.category, owner),
    number: maskName(hit.number, owner),
    content: maskText(hit.content),
    contentCut: hit.contentCut,
    matches: [],
    importance: usual ? importance : null,
    timestamp: likely ? Math.floor(timestamp) : null,
    textRank: hit.textRank,
    textScore: rounded(hit.textScore),
    vectorRank: hit.vectorRank,
    fusedScore: hit.fusedScore,
    // A term of a value that is hidden would tell it.
    terms: hidden ? null : hit.terms,
    score: hidden ? null : hit.score,
    // A hundred pasted vectors and their exact distances give away the vector that they were measured from.
    distance: pasted ? null : rounded(distance),
    similarity: pasted ? null : rounded(similarity),
    masked: true,
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

function maskNotice(notice: SearchNotice): SearchNotice {
  return notice.kind === "embedding-failed"
    ? { kind: notice.kind, message: "The embedding model did not answer." }
    : notice;
}

export function maskSearchSetup(setup: SearchSetup, masker: Masker): SearchSetup {
  const { engine, index, indexes, vectorSets, embedder, user } = setup;
  return {
    engine,
    index,
    indexes,
    vectorSets,
    embedder,
    user: user && { ref: user.ref, label: masker.label(user.ref) },
  };
}
