/** The shapes the Index page reads: plain JSON. */
import type { JobView } from "../jobs/job-view";
import type { ChosenBy } from "../query-engine/active-index";
import type { RebuildState } from "./rebuild-state";

export interface IndexFailureDto {
  /** Text to show; see lib/bytes. */
  keyText: string;
  /** The person the key speaks of, if it speaks of one. */
  user: { ref: string; label: string } | null;
  memoryRef: string | null;
  reason: string;
  /** Does the index hold the key by now? The engine forgets no failure. null when it cannot be asked. */
  held: boolean | null;
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

/** As far as it can be known: who else asks for an index by its name, Redis does not tell. */
export interface IndexUses {
  /** Chosen on the Index page. */
  adopted: boolean;
  /** MEMORY_INDEX is its name, or an alias of it. */
  configured: "name" | "alias" | null;
  /** Names that lead to it. */
  aliases: string[];
}

export interface IndexModelDto {
  /** null where none is bound and none fits. */
  name: string | null;
  by: "bound" | "guess" | "none";
  /** Length of its vectors, where it is configured. */
  dimensions: number | null;
}

export interface IndexDto {
  name: string;
  keyType: string;
  prefixes: string[];
  filter: string | null;
  /** Other words of its definition. */
  options: string[];
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
  uses: IndexUses;
  model: IndexModelDto;
  /** Hits under one person's id that were another's, held back by the console. */
  foreignHits: { count: number; lastAtMs: number } | null;
  /** Being built anew, or how that ended. */
  rebuild: JobView<RebuildState> | null;
}

/** A configured embedding model. */
export interface ModelDto {
  model: string;
  provider: "bundled" | "openai";
  dimensions: number;
  /** The field its vectors lie in. */
  field: string;
  place: "primary" | "next";
}

export interface IndexesState {
  engine: boolean;
  /** Of a cluster the engine finds only what lies on one node. */
  coversOneShard: boolean;
  indexes: IndexDto[];
  /** False when this Redis user may not list indexes: there may be others. */
  listed: boolean;
  /** False when this server cannot list aliases (before search 8.10): only those that the console knows of are shown. */
  aliasesListed: boolean;
  active: { name: string; chosenBy: ChosenBy } | null;
  /** An adopted index that is gone. */
  missingAdopted: string | null;
  /** MEMORY_INDEX. */
  configuredName: string;
  userKeyPrefix: string;
  /** The first is the primary one. */
  models: ModelDto[];
}
