/** How far a run has come. Types alone: the pages show it. */
import type { JobState } from "../jobs/job";

export interface RunState extends JobState {
  done: number;
  total: number;
  runId: string;
  /** Of each setting, in the run's order. */
  settings: { name: string; done: number }[];
  questions: number;
}
