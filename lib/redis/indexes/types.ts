/** The shapes the Index page reads: plain JSON. */
import type { ChosenBy } from "../query-engine/active-index";

export interface IndexFailureDto {
  /** Text to show; see lib/bytes. */
  keyText: string;
  /** The person the key speaks of, if it speaks of one. */
  user: { ref: string; label: string } | null;
  memoryRef: string | null;
  reason: string;
  /** Key and value are hidden from the one who asked. */
  masked?: true;
}

export interface IndexFieldDto {
  name: string;
  identifier: string;
  type: string;
  flags: string[];
  options: { name: string; value: string }[];
  vector: { algorithm: string; dataType: string; dimensions: number; metric: string } | null;
  failures: number;
  lastFailure: IndexFailureDto | null;
}

export interface IndexDto {
  name: string;
  keyType: string;
  prefixes: string[];
  filter: string | null;
  /** null: the engine's own list. */
  stopWords: string[] | null;
  /** Of people's keys. */
  coverage: "all" | "some" | "none";
  fields: IndexFieldDto[];
  /** Keys the index has looked at, those without any of its fields included. */
  documents: number;
  /** Of them, those with an importance: the memories. null when not counted. */
  memories: number | null;
  percentIndexed: number;
  indexing: boolean;
  failures: number;
  lastFailure: IndexFailureDto | null;
  sizes: { totalBytes: number; vectorBytes: number; invertedBytes: number; otherBytes: number };
  /** Is `alice` found under `Alice`, and an id with a comma under its pieces? */
  mixesIds: boolean;
}

export interface IndexesState {
  engine: boolean;
  /** Of a cluster the engine finds only what lies on one node. */
  coversOneShard: boolean;
  indexes: IndexDto[];
  /** False when this Redis user may not list indexes: there may be others. */
  listed: boolean;
  active: { name: string; chosenBy: ChosenBy } | null;
  /** An adopted index that is gone. */
  missingAdopted: string | null;
  /** MEMORY_INDEX. */
  configuredName: string;
  userKeyPrefix: string;
  embedder: { provider: "bundled" | "openai"; model: string; dimensions: number };
}
