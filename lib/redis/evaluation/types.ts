/** What the pages of recall tests get: plain JSON, no key names, no vectors. */
import type { JobView } from "../jobs/job-view";
import type { RecallSettings } from "../recall/rules";
import type { NamedSettings } from "./rules";
import type { RunState } from "./run-state";
import type { Cut, Estimate } from "./statistics";

export interface SetHead {
  id: string;
  name: string;
  createdAtMs: number;
  /** The operator's name. */
  createdBy: string;
  questions: number;
  people: number;
  lastRun: { atMs: number; best: { name: string; recallAt5: number } } | null;
}

export interface SetList {
  sets: SetHead[];
}

export interface ExpectedMemory {
  memoryRef: string;
  /** Text to show; see lib/bytes. */
  category: string;
  number: string;
  /** Its beginning; null when it is gone, or another's by now. */
  content: string | null;
}

export interface QuestionDto {
  id: string;
  userRef: string;
  userLabel: string;
  query: string;
  expected: ExpectedMemory[];
  /** Text, names and numbers are hidden from the one who asked. */
  masked?: true;
}

export interface SettingResult extends NamedSettings {
  recall: Record<Cut, Estimate>;
  /** Mean reciprocal rank. */
  mrr: Estimate;
  /** Questions in which one of the two lists that the mode asks for did not run. */
  partial: number;
  /** Half of the searches were quicker, ms. */
  medianMs: number;
}

export interface SettingDifference {
  /** Places among the run's settings: how much better the first is than the second. */
  first: number;
  second: number;
  recallAt5: Estimate;
}

export interface RunSummary {
  id: string;
  atMs: number;
  /** The operator's name. */
  by: string;
  questions: number;
  /** Expected memories that were gone. */
  missing: number;
  settings: SettingResult[];
  differences: SettingDifference[];
}

export interface SetDetail extends Omit<SetHead, "lastRun"> {
  page: number;
  pages: number;
  shown: QuestionDto[];
  /** Newest first. */
  runs: RunSummary[];
  job: JobView<RunState> | null;
}

export interface Compared {
  question: QuestionDto;
  /** Of each side: place of each expected memory, in the order of `expected`; null for not within ten. */
  first: (number | null)[];
  second: (number | null)[];
}

export interface Comparison {
  /** Worst losses and best gains first. */
  better: Compared[];
  worse: Compared[];
  same: number;
  /** Questions of the run that are no longer in the set, or were not asked on both sides. */
  left: number;
}

/** One side of a comparison. */
export interface Side {
  run: string;
  setting: number;
}

export type { RecallSettings };
