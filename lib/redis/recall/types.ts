/** The shapes a search answers with: plain JSON, no key names, no vectors. */
import type { TextMatch } from "../query-engine/matches";
import type { ScoreTerms } from "./fuse";
import type { RecallSettings } from "./rules";

export interface SearchHit {
  userRef: string;
  userLabel: string;
  memoryRef: string;
  /** Text to show; see lib/bytes. */
  category: string;
  number: string;
  /** At most 2,000 characters. */
  content: string;
  contentCut: boolean;
  /** Places in `content` of the words looked for; of hits by meaning alone there are none. */
  matches: TextMatch[];
  importance: number | null;
  /** Unix seconds as the assistant wrote them. */
  timestamp: number | null;
  /** Place among the word matches, from 1; null when it is none of them. */
  textRank: number | null;
  textScore: number | null;
  /** Place among the nearest, from 1; null when it is none of them. */
  vectorRank: number | null;
  /** Reciprocal rank fusion of the two; null when only one of them ran. */
  fusedScore: number | null;
  /** What the order comes from; null where a term would tell what is masked. */
  terms: ScoreTerms | null;
  /** Sum of the terms: the list is in its order. */
  score: number | null;
  /** By the index's metric; null when this memory has no comparable vector or none was asked for. */
  distance: number | null;
  /** 1 − distance for COSINE, null for other metrics. */
  similarity: number | null;
  /** Text, names and odd values are hidden from the one who asked; scores are rounded. */
  masked?: true;
}

export type SearchNotice =
  | { kind: "dimension-mismatch"; embedderDimensions: number; indexDimensions: number }
  /** The model cannot tell such a text from another: words only. */
  | { kind: "not-understood"; model: string }
  /** The index belongs to a model that no EMBEDDINGS_… setting names: words only. */
  | { kind: "model-not-configured"; model: string }
  /** Only stop-words were typed. */
  | { kind: "no-words" }
  | { kind: "embedding-failed"; message: string; hint?: string }
  | { kind: "no-vector-field" }
  | { kind: "no-text-field" }
  /** The index's vectors are of a data type that a text cannot be embedded into here. */
  | { kind: "data-type"; dataType: string }
  /** The pasted vector makes sense only with its bytes in the other order; it was sent as it is. */
  | { kind: "pasted-big-endian" }
  /** The pasted bytes were put into the other order, as asked. */
  | { kind: "pasted-swapped" }
  /** A cluster whose Query Engine cannot ask the other nodes: what lies on them is missing. */
  | { kind: "one-node" }
  /** In a scan: memories whose vector has another length than the query's. */
  | { kind: "other-lengths"; count: number }
  /** Memories with a vector to which no distance can be told: NaN, infinite, or all zeros. */
  | { kind: "unmeasured"; count: number }
  | { kind: "scan-cut"; scanned: number }
  /** A category is not in the index: the nearest ones were looked through for it. */
  | { kind: "category-looked-through"; looked: number };

export interface SearchCommand {
  purpose: "vector" | "words" | "fetch" | "length" | "content" | "scan" | "left-out";
  /** Can be pasted into redis-cli. */
  text: string;
  /** Commands of this form that were sent. */
  times: number;
  /** null: it went along with the one before. */
  ms: number | null;
}

export interface SearchResult {
  settings: RecallSettings;
  /** Which parts ran. */
  ran: { vector: boolean; text: boolean };
  basis: "index" | "exact-scan";
  basisReason:
    | "no-engine"
    | "no-index"
    | "index-kind"
    | "id-not-expressible"
    | "one-node"
    | "unspaced"
    | null;
  index: { name: string; dimensions: number | null; metric: string | null } | null;
  user: { ref: string; label: string } | null;
  hits: SearchHit[];
  /** Hits of the index that belong to somebody else than was asked for: not shown. */
  foreignHits: number;
  /** Hits whose owner is in doubt: not shown. */
  disputedHits: number;
  /** True while the index is being built. */
  incomplete: boolean;
  percentIndexed: number;
  notices: SearchNotice[];
  words: string[];
  droppedWords: string[];
  vectorSource: "embedded" | "pasted" | null;
  model: string;
  commands: SearchCommand[];
  timings: { embedMs: number; searchMs: number; fetchMs: number };
  /** The commands are shown without what they look for; hits say for themselves whether they are masked. */
  masked?: true;
}

export interface VectorSetHit {
  /** From 1. */
  rank: number;
  /** Text to show; see lib/bytes. */
  element: string;
  /** As stored, JSON mostly; null where it has none. */
  attributes: string | null;
  /** As VSIM answers: 1 is the same direction. */
  score: number;
  /** Cosine distance, 0 to 2. */
  distance: number;
  masked?: true;
}

export interface VectorSetResult {
  /** The key's last word. */
  name: string;
  elements: number;
  /** What a query must have. */
  dimensions: number;
  /** int8, bin or fp32. */
  quantisation: string;
  /** null: there is no query vector of this length. */
  hits: VectorSetHit[] | null;
  /** Elements whose attributes name another person: not shown. */
  foreignHits: number;
  commands: SearchCommand[];
}

/** One person's vector sets. */
export interface VectorSets {
  supported: boolean;
  sets: VectorSetResult[];
  /** So many were not asked. */
  more: number;
  masked?: true;
}

/** An index that a search can be sent to by name. */
export interface SearchableIndex {
  name: string;
  dimensions: number | null;
  metric: string | null;
  documents: number;
  percentIndexed: number;
  /** The model whose vectors are in it; null where none is known. */
  model: string | null;
  /** Can a text be embedded for it here? */
  embeds: boolean;
}

/** What a search page shows before anybody searches. */
export interface SearchSetup {
  engine: boolean;
  /** The one in use. */
  index: (SearchableIndex & { chosenBy: "adopted" | "configured" | "only" }) | null;
  /** All that hold memories of people, the one in use too. */
  indexes: SearchableIndex[];
  vectorSets: boolean;
  embedder: { provider: "bundled" | "openai"; model: string; dimensions: number };
  user: { ref: string; label: string } | null;
}
