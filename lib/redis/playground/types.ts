/** What the playground answers: plain JSON, safe for the browser. */
import type { HitResult } from "../limiter/hit";
import type { SearchHit, SearchNotice } from "../recall/types";

export interface PlaygroundCommand {
  /** Can be pasted into redis-cli; several lines where they went as one transaction. */
  text: string;
  /** null: it went along with the one before. */
  ms: number | null;
  /** Commands of this form that were sent. */
  times: number;
}

/** What stopped a step; the assistant goes on without it where it can. */
export interface StepFailure {
  message: string;
  hint?: string;
}

interface StepOf<Kind extends string> {
  kind: Kind;
  ms: number;
  commands: PlaygroundCommand[];
}

export interface LimitStep extends StepOf<"limit"> {
  hit: HitResult;
}

export interface AppendStep extends StepOf<"append"> {
  type: "human" | "ai";
  /** Messages in the session after it. */
  length: number;
  /** The session's life after it. */
  ttlMs: number;
}

export interface RecallStep extends StepOf<"recall"> {
  hits: SearchHit[];
  notices: SearchNotice[];
  basis: "index" | "exact-scan" | null;
  foreignHits: number;
  embedMs: number;
  failure: StepFailure | null;
}

export interface HistoryStep extends StepOf<"history"> {
  /** Messages that were read. */
  read: number;
  /** Of them, those that are no message an assistant could take up. */
  odd: number;
}

export interface PromptMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

export interface PromptStep extends StepOf<"prompt"> {
  prompt: PromptMessage[];
  /** Characters of all of it. */
  chars: number;
}

export interface ReplyStep extends StepOf<"reply"> {
  by: "chat" | "echo";
  model: string | null;
  text: string | null;
  failure: StepFailure | null;
}

export interface RememberStep extends StepOf<"remember"> {
  category: string;
  number: string;
  importance: number;
  model: string;
  dimensions: number;
  embedMs: number;
  /** Seconds; null for no life. */
  lifeSeconds: number | null;
  /** Longer than the model reads. */
  cut: boolean;
}

export type PlaygroundStep =
  | LimitStep
  | AppendStep
  | RecallStep
  | HistoryStep
  | PromptStep
  | ReplyStep
  | RememberStep;

export interface TurnResult {
  /** `denied`: over a limit, so nothing but the count was written. */
  outcome: "ready" | "denied";
  steps: PlaygroundStep[];
  masked?: true;
}

export interface ReplyResult {
  outcome: "replied" | "failed";
  text: string | null;
  steps: PlaygroundStep[];
  masked?: true;
}

export interface RememberResult {
  step: RememberStep;
  masked?: true;
}

export interface PlaygroundRun {
  userRef: string;
  label: string;
  /** Made for this, and all of it goes in the end. */
  throwAway: boolean;
  startedAtMs: number;
  /** Until then they can be put back as they were. */
  untilMs: number;
  /** The operator who began it. */
  by: string;
  /** Keys that there were before. */
  keptKeys: number;
  sessionRef: string;
}

export interface PlaygroundMessage {
  /** Among those that are shown, from the oldest. */
  position: number;
  kind: "human" | "ai" | "other";
  text: string;
  timestampMs: number | null;
  masked?: true;
}

/** What stands before the first message of a page. */
export interface PlaygroundState {
  chat: { model: string } | null;
  embedder: { provider: "bundled" | "openai"; model: string; dimensions: number };
  /** null without a person in the address. */
  person: { ref: string; label: string } | null;
  run: PlaygroundRun | null;
  /** Of the run's session, oldest first. */
  messages: PlaygroundMessage[];
  masked?: true;
}

export interface RestoreResult {
  /** Keys that were changed or gone, and are as they were. */
  putBack: number;
  /** Keys that were not there before, and are gone. */
  removed: number;
  /** Keys whose life would have ended meanwhile, so that they are gone. */
  ended: number;
  /** Keys that somebody else wrote meanwhile, left as they are. */
  others: number;
  throwAway: boolean;
}
