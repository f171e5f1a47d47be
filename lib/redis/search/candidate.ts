/** A memory on its way to become a hit, and the last step there. */
import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import type { ParsedKey } from "../keys";
import { similarityOf } from "../query-engine/distance";
import { HIT_BYTES } from "./contents";
import { fusedScore } from "./fuse";
import { HIT_CHARS, type SearchMode } from "./rules";
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
}

/** The best k, in the mode's order. Ties keep the order in which they came. */
export function rankHits(
  candidates: readonly Candidate[],
  options: { k: number; ran: { vector: boolean; text: boolean }; mode: SearchMode; metric: string },
): SearchHit[] {
  const both = options.ran.vector && options.ran.text;
  const place = (candidate: Candidate) =>
    both ? -fusedScore(candidate) : ((options.ran.text ? candidate.textRank : candidate.vectorRank) ?? 0);
  return [...candidates]
    .sort((a, b) => place(a) - place(b))
    .slice(0, options.k)
    .map((candidate) => toHit(candidate, both, options.metric));
}

function toHit(candidate: Candidate, fused: boolean, metric: string): SearchHit {
  const { parsed, textRank, textScore, vectorRank } = candidate;
  const distance =
    candidate.distance !== null && Number.isFinite(candidate.distance) ? candidate.distance : null;
  const content = (candidate.content ?? Buffer.alloc(0)).subarray(0, HIT_BYTES).toString("utf8");
  return {
    userRef: sealRef("user", parsed.userId),
    userLabel: displayBytes(parsed.userId),
    memoryRef: sealRef("memory", Buffer.concat([parsed.category, Buffer.from(":"), parsed.number])),
    category: displayBytes(parsed.category),
    number: displayBytes(parsed.number),
    content: content.slice(0, HIT_CHARS),
    contentCut:
      content.length > HIT_CHARS ||
      candidate.contentBytes > Math.min(candidate.content?.length ?? 0, HIT_BYTES),
    importance: toNumber(candidate.importance),
    timestamp: toNumber(candidate.timestamp),
    textRank,
    textScore,
    vectorRank,
    fusedScore: fused ? fusedScore(candidate) : null,
    distance,
    similarity: similarityOf(metric, distance),
  };
}

/** null for what is no number: shown as missing, not as 0. */
export function toNumber(bytes: Buffer | null): number | null {
  const text = bytes?.toString("latin1").trim() ?? "";
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? null : number;
}
