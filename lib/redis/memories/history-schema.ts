/** Shapes of what the console did to a memory; safe for the browser. */

export interface MemoryChange {
  what: "content" | "importance" | "user_id" | "timestamp" | "category" | "life" | "embedding";
  /**
   * As it was and as it is: a text, a number as stored, a place such as `pref 001`, a life as its end in epoch ms, for an
   * embedding the model. null: none.
   */
  before: string | null;
  after: string | null;
}

/** How it was done. */
export type HistoryDeed = "create" | "edit" | "repair" | "category" | "life" | "merge" | "bulk" | "undo";

export interface HistoryEntry {
  /** Epoch ms. */
  atMs: number;
  /** The operator's name at the time, and id. */
  by: string;
  byId: string;
  deed: HistoryDeed;
  changes: MemoryChange[];
}

export interface MemoryHistory {
  /** Newest first. */
  entries: HistoryEntry[];
  /** Since the last of them somebody else changed the memory, without this console. */
  changedElsewhere: boolean;
  masked?: true;
}
