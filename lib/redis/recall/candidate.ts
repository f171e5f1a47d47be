/** A memory on its way to become a hit, and the last step there. */
import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import type { ParsedKey } from "../keys";
import { similarityOf } from "../query-engine/distance";
import { matchesOf } from "../query-engine/matches";
import { type ScoreTerms, scoreTerms } from "./fuse";
import { HIT_BYTES, HIT_CHARS, type RecallSettings } from "./rules";
import type { SearchHit } from "./types";

export interface MemoryText {
  /** Its beginning at least, null where it was not read. */
  content: Buffer | null;
  importance: Buffer | null;
  timestamp: Buffer | null;
}

export interface Candidate extends MemoryText {
  parsed: ParsedKey & { class: "memories" };
  /** Length of the whole content. */
  contentBytes: number;
  textRank: number | null;
  textScore: number | null;
  vectorRank: number | null;
  distance: number | null;
  /** See {@link Ranks}; set once the lists are whole. */
  share: number | null;
}

export interface Ranking {
  settings: RecallSettings;
  ran: { vector: boolean; text: boolean };
  metric: string;
  words: readonly string[];
  /** Unix seconds. */
  nowSeconds: number;
}

interface Ranked {
  candidate: Candidate;
  terms: ScoreTerms;
  score: number;
}

/** All of them, best first. Of equal ones the better place in a list comes first, and then the one that came first. */
export function rankCandidates(candidates: readonly Candidate[], ranking: Ranking): Ranked[] {
  const { settings, nowSeconds } = ranking;
  const place = ({ textRank, vectorRank }: Candidate) =>
    Math.min(textRank ?? Number.POSITIVE_INFINITY, vectorRank ?? Number.POSITIVE_INFINITY);
  return candidates
    .map((candidate) => {
      const importance = toNumber(candidate.importance);
      const timestamp = toNumber(candidate.timestamp);
      const terms = scoreTerms({ ...candidate, importance, timestamp }, settings, nowSeconds);
      return { candidate, terms, score: sum(terms) };
    })
    .sort((a, b) => b.score - a.score || place(a.candidate) - place(b.candidate));
}

function sum({ textTerm, vectorTerm, recencyTerm, importanceTerm }: ScoreTerms): number {
  return textTerm + vectorTerm + recencyTerm + importanceTerm;
}

/** @param users references that were sealed already: sealing is the dearest part of a hit */
export function toHit(
  ranked: Ranked,
  { ran, metric, words, settings }: Ranking,
  users: Map<string, string>,
): SearchHit {
  const { candidate, terms, score } = ranked;
  const { parsed, textRank, textScore, vectorRank } = candidate;
  const distance =
    candidate.distance !== null && Number.isFinite(candidate.distance) ? candidate.distance : null;
  const content = (candidate.content ?? Buffer.alloc(0)).subarray(0, HIT_BYTES).toString("utf8");
  const shown = content.slice(0, HIT_CHARS);
  return {
    userRef: refOf(parsed.userId, users),
    userLabel: displayBytes(parsed.userId),
    memoryRef: sealRef("memory", Buffer.concat([parsed.category, Buffer.from(":"), parsed.number])),
    category: displayBytes(parsed.category),
    number: displayBytes(parsed.number),
    content: shown,
    contentCut:
      content.length > HIT_CHARS ||
      candidate.contentBytes > Math.min(candidate.content?.length ?? 0, HIT_BYTES),
    matches: matchesOf(shown, words, settings.beginningWeight > 0),
    importance: toNumber(candidate.importance),
    timestamp: toNumber(candidate.timestamp),
    textRank,
    textScore,
    vectorRank,
    fusedScore: ran.vector && ran.text ? terms.textTerm + terms.vectorTerm : null,
    terms,
    score,
    distance,
    similarity: similarityOf(metric, distance),
  };
}

function refOf(userId: Buffer, users: Map<string, string>): string {
  const name = userId.toString("latin1");
  const ref = users.get(name) ?? sealRef("user", userId);
  users.set(name, ref);
  return ref;
}

/** null for what is no number: shown as missing, not as 0. */
export function toNumber(bytes: Buffer | null): number | null {
  const text = bytes?.toString("latin1").trim() ?? "";
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? null : number;
}
