/** The live feed, in shapes that are safe for the browser. */
import type { KeyClass } from "../keys";

export type ChangeKind =
  | "written"
  | "gone" // deleted, expired or renamed away
  | "flushed" // FLUSHDB or FLUSHALL: everything at once
  | "many" // more keys changed at once than the feed tells one by one
  | "resync"; // the connection was lost for a while: what changed meanwhile is not known

export interface ChangeDto {
  /** Grows; a change that goes on within two seconds keeps its number. */
  seq: number;
  atMs: number;
  kind: ChangeKind;
  /** null where a change concerns no single key. */
  class: KeyClass | null;
  userRef: string | null;
  userLabel: string | null;
  /** The session, the memory, the key: text for people. */
  what: string;
  /** Sessions: messages in it now. */
  messages: number | null;
  /** Notices that Redis sent for this key; one notice may stand for many writes. */
  count: number;
}

export interface ChangesDto {
  /** Does Redis report changes now? */
  live: boolean;
  /** Why not, where it is known. */
  reason: string | null;
  /** Epoch ms since when changes are listened to, null before the first time. */
  sinceMs: number | null;
  /** Notices since then. */
  total: number;
  /** Newest first. */
  changes: ChangeDto[];
}
