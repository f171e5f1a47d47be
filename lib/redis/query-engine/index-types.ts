/** An FT index as it describes itself. */
export interface VectorAttributes {
  algorithm: string;
  /** FLOAT32, FLOAT64 … */
  dataType: string;
  dimensions: number;
  /** COSINE, L2 or IP. */
  metric: string;
}

export interface IndexField {
  /** Name in queries (the alias). */
  name: string;
  /** Field of the hash. */
  identifier: string;
  /** TAG, TEXT, NUMERIC, VECTOR, GEO … */
  type: string;
  /** CASESENSITIVE, SORTABLE, NOSTEM … */
  flags: string[];
  /** SEPARATOR, WEIGHT, M … with their values as text. */
  options: { name: string; value: string }[];
  vector: VectorAttributes | null;
  /** Values of this field that could not be indexed. */
  failures: number;
  lastFailure: IndexFailure | null;
}

export interface IndexFailure {
  key: Buffer;
  /** The engine's own words; they may quote the stored value. */
  reason: string;
}

export interface IndexInfo {
  name: string;
  /** HASH or JSON. */
  keyType: string;
  /** Text to show; see lib/bytes. */
  prefixes: string[];
  /** FILTER expression, if it was created with one. */
  filter: string | null;
  /** Other words before SCHEMA that make it what it is, as FT.CREATE takes them: LANGUAGE german, NOOFFSETS … */
  options: string[];
  fields: IndexField[];
  /** null: the engine's own list of 33 English words. */
  stopWords: string[] | null;
  /** Of the keys that begin with USER_KEY_PREFIX, which does it look at? */
  coverage: "all" | "some" | "none";
  /** `coverage` is "all". */
  coversUsers: boolean;
  documents: number;
  /** 0 to 1. Below 1 results are incomplete. */
  percentIndexed: number;
  indexing: boolean;
  /** Keys left out of the index because a field did not fit. Counted since the index was made, repairs included. */
  failures: number;
  lastFailure: IndexFailure | null;
  sizes: { totalBytes: number; vectorBytes: number; invertedBytes: number; otherBytes: number };
}
