/** Shapes of the memories' answers: plain JSON, units in the names, ids as references. */
import type { JobView } from "../jobs/job-view";

export interface Importance {
  /** null when missing or no number. May be outside 1–10: then `problem` says so. */
  value: number | null;
  /** As stored, cut at 100 characters; null when the field is missing. */
  raw: string | null;
  problem?: string;
}

export interface IndexedState {
  /** `yes`: search by meaning finds it. `words`: the index holds it, and brings it for its words alone. */
  state: "yes" | "words" | "no" | "unknown";
  reason?: string;
}

export interface MemoryIndex {
  state: "ready" | "building" | "no_index" | "no_engine" | "unknown";
  name: string;
  /** Components its vectors must have, and of which type; null when it has no vector field on `embedding`. */
  dimensions: number | null;
  dataType: string | null;
}

export interface MemorySummary {
  ref: string;
  category: string;
  number: string;
  /** Cut at 2,000 characters; bytes that are no UTF-8 as \xNN. Empty when too long to list. */
  content: string;
  contentBytes: number;
  contentCut: boolean;
  contentIsText: boolean;
  contentProblem?: string;
  importance: Importance;
  /** The timestamp field, read as unix seconds; epoch ms. */
  timestampMs: number | null;
  timestampProblem?: string;
  /** What the person's other readers should know: no `user_id`, fields that will end. */
  notes: string[];
  /** null: lives until it is deleted. */
  ttlMs: number | null;
  /** MEMORY USAGE, estimated by Redis; null when this console may not ask. */
  sizeBytes: number | null;
  embedding: {
    present: boolean;
    bytes: number;
    dimensions: number | null;
    model: string | null;
    problem?: string;
  };
  indexed: IndexedState;
  /** Text, names and odd values are hidden from the one who asked; sizes are rounded up. */
  masked?: true;
}

export interface MemoryList {
  items: MemorySummary[];
  /** All memories of this person that were read. */
  total: number;
  /** Those that pass the filters. */
  matching: number;
  /** How many matching ones are before the first item. */
  offset: number;
  nextCursor: string | null;
  previousCursor: string | null;
  /** Over all memories, whatever the filters. */
  categories: { category: string; count: number }[];
  /** Those that search by meaning through the index does not find, as far as it was looked. */
  notIndexed: number;
  /** Memories whose embeddings have the right length and were not read: some may be unfit. */
  vectorsUnread: number;
  /** Those that end by themselves. */
  withLife: number;
  /** Keys that look like this person's memories and whose owner is in doubt. */
  disputed: number;
  /** False when the person has more memories than are read here; then `total` is "at least". */
  complete: boolean;
  /** Memories too long to be searched for the text: neither found nor ruled out. */
  unsearched: number;
  index: MemoryIndex;
  /** Epoch ms, the console's clock: when the fields were read, and when the keys were looked for. */
  readAtMs: number;
  scannedAtMs: number;
  /** What the items hold is hidden. */
  masked?: true;
}

export interface MemoryField {
  name: string;
  bytes: number;
  kind: "text" | "binary" | "unread";
  /** Of a text: cut at a million characters. */
  text?: string;
  /** Of bytes: the first 256 as hex. */
  hex?: string;
  cut: boolean;
  /** The field's own life; null: as long as the key. */
  ttlMs: number | null;
}

/** JSON has no numbers for them. */
export type NotFinite = "NaN" | "Infinity" | "-Infinity";

export interface VectorStats {
  bytes: number;
  /** null when it is no FLOAT32 vector: by its length, or because it is one of doubles, or text. */
  dimensions: number | null;
  /** By the `embedding_model` / `embedding_dimensions` fields, which not every assistant writes. */
  model: string | null;
  declaredDimensions: number | null;
  norm: number | null;
  min: number | null;
  max: number | null;
  /** Components that are NaN or infinite. */
  notFinite: number;
  byteOrder: "little-endian" | "big-endian" | "unclear";
  /** The numbers, read little-endian, to six digits, at most 4,096. */
  values: (number | NotFinite)[];
  /** Its model gives nearly one vector to all texts of this one's script: search by meaning finds it by chance. */
  untold?: true;
  /** The first 16 in the other byte order, where only that makes sense of them. */
  swapped: number[] | null;
  problem?: string;
}

export interface MemoryDetail extends MemorySummary {
  /** The key as redis-cli shows it. */
  keyName: string;
  /** sha1 over content, importance and timestamp; null when the content is too long to be edited here. */
  version: string | null;
  /** The whole text for the form; null when it is no text or too long. */
  editableContent: string | null;
  fields: MemoryField[];
  /** HLEN; more than `fields.length` when not all were read. */
  fieldCount: number;
  vector: VectorStats | null;
  index: MemoryIndex;
  readAtMs: number;
}

/** What a text written now would be embedded with, and whether the index would take it. */
export interface EmbeddingTerms {
  provider: "bundled" | "openai";
  model: string;
  dimensions: number;
  /** What of a text the model reads, in characters. */
  maxChars: number;
  index: MemoryIndex;
  /** False: the index wants another length, and a memory with such a vector would drop out of it. */
  fits: boolean;
}

export interface CreatedMemory {
  ref: string;
  category: string;
  number: string;
  embedded: boolean;
}

export interface UpdatedMemory {
  changed: ("content" | "importance" | "embedding")[];
  /** Whether the text has a vector that was made from it now. */
  embedded: boolean;
  /** Vectors of other models in other fields: made anew, or taken away because their model is not configured here. */
  otherVectors: { remade: number; taken: number };
}

export interface MovedMemory {
  /** Its new reference: the old one names nothing any more. */
  ref: string;
  category: string;
  number: string;
}

export interface UndoneMemories {
  kind: "deleted" | "life";
  /** Put back. */
  memories: number;
  /** Not put back: something else stands in their place. */
  refused: number;
}

export interface DuplicateGroup {
  /** The most important and newest first; at most ten. `version` null where the text is masked. */
  memories: (MemorySummary & { version: string | null })[];
  /** How many there are in all. */
  count: number;
  /** The least cosine between the first and another that is there for its vector; null: all have the same text. */
  leastSimilarity: number | null;
}

export interface Duplicates {
  /** The largest first; at most thirty. */
  groups: DuplicateGroup[];
  groupCount: number;
  /** How many memories a merge of all groups would take away. */
  surplus: number;
  total: number;
  /** Memories whose vectors were compared each with each; the texts of all were. */
  vectorsCompared: number;
  vectorsLeftOut: number;
  /** Of those compared, the ones whose model cannot tell such texts apart: these were compared by text alone. */
  vectorsUntold: number;
  /** Cosine. */
  threshold: number;
  masked?: true;
}

export interface MergedMemories {
  /** How many went. */
  merged: number;
  /** Changed or gone since they were looked at, so left alone. */
  left: number;
  /** What the one that stayed has now, null when that is what it had. */
  importance: number | null;
}

export type BulkChange =
  | { what: "importance"; importance: number }
  | { what: "category"; category: string }
  /** null: until somebody deletes it. */
  | { what: "life"; expireAtMs: number | null }
  | { what: "delete" };

export interface BulkPreview {
  /** Memories that are meant. */
  count: number;
  /** Those of them that would be another afterwards. */
  changes: number;
  /** The first five that would, by category and number. */
  examples: MemorySummary[];
  /** Why none of them could be changed, in words; null when nothing speaks against it. */
  refusal: string | null;
  readAtMs: number;
  masked?: true;
}

/** Long work over many memories, as a page shows it. */
export interface BulkView
  extends JobView<{ done: number; total: number | null; changed: number; left: number }> {
  what: BulkChange["what"];
}
