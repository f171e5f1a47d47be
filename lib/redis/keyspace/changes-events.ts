/**
 * What a page is told while it is open: what changed, never what it is now. Safe for the browser; persons stand in it
 * as sealed references, which every role sees.
 */
import type { KeyClass } from "../keys";

/**
 * A class of keys, or something the console makes of them a moment later: the `feed` of changes, and the `survey` of
 * the whole store. `limits` are what operators set.
 */
export type LiveClass = KeyClass | "feed" | "survey" | "limits";

export interface LiveChange {
  class: LiveClass;
  /** null where it is nobody's: the feed, the survey, the limits. */
  userRef: string | null;
}

export type ResyncWhy =
  | "reconnected" // changes were not listened to for a while
  | "flushed" // everything went at once
  | "many" // more changed at once than is told one by one
  | "behind"; // this browser did not take what was told

export interface LiveState {
  /** Does Redis report changes now? */
  live: boolean;
  /** `refused`: it will not, for want of a right; the others pass. */
  why: "connecting" | "lost" | "refused" | null;
  /** The same for people. */
  reason: string | null;
}

export type LiveEvent =
  | { event: "change"; data: LiveChange[] }
  | { event: "resync"; data: { why: ResyncWhy } }
  | { event: "state"; data: LiveState };
