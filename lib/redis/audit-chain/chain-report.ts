import type { Problem } from "./problems";

/** A place that is known from elsewhere: the entry that stands there must have this hash. */
export interface Anchor {
  seq: number;
  hash: string;
}

export interface VerifyOptions {
  /** Null checks hashes alone: whoever rewrites everything after an edit is then found by the head only. */
  macKey: Buffer | null;
  /** The last entry before what was kept; lines that begin after it continue from it. */
  base?: Anchor | null;
  /** Where the chain must end at least. */
  head?: Anchor | null;
}

export interface ChainReport {
  /** Lines that were entries. */
  entries: number;
  firstSeq: number | null;
  lastSeq: number | null;
  lastHash: string | null;
  /** In the order of sequences; empty: the chain is whole. At most 1,000. */
  problems: Problem[];
  /** How many more there were. */
  moreProblems: number;
  /** What is unusual and no tampering: a torn line whose entry follows whole. */
  notes: { seq: number; note: string }[];
}
