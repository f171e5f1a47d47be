/** Which field the doctor of an index looks at, and what the index demands of it. */
import { parseDisplayed } from "../../bytes";
import type { ConfiguredEmbedder } from "../../embeddings/embedder";
import { SafeError } from "../../errors";
import { describeIndexes, memoryFields, readIndexInfo } from "../query-engine/index-info";
import { modelOfIndex } from "../query-engine/index-models";
import type { Store } from "../store/store";
import type { VectorTarget } from "./classify";

export interface DoctorTarget extends VectorTarget {
  index: string;
  /** Keys that begin with one of these are the index's. */
  prefixes: Buffer[];
  /** null where texts cannot be embedded for this index. */
  embedder: ConfiguredEmbedder | null;
  /** How the model is known. */
  by: "bound" | "guess" | "none";
}

/** What the doctor cannot look at, in words; null when it can. */
export type Unfit = string | null;

/** @throws SafeError `no_query_engine`, `no_index`, `conflict` when the doctor knows nothing of such an index */
export async function doctorTarget(store: Store, consoleStore: Store, name: string): Promise<DoctorTarget> {
  if ((await store.capabilities()).queryEngine === null) {
    throw new SafeError(
      "no_query_engine",
      "This Redis has no Query Engine, so no index whose vectors to look at.",
      {
        hint: "Use Redis 8 with the Query Engine (the official image has it).",
      },
    );
  }
  const index = await readIndexInfo(store, name);
  if (!index) {
    throw new SafeError("no_index", `There is no index ${name}.`, {
      hint: "It may have been dropped meanwhile.",
    });
  }
  const vector = memoryFields(index).vector;
  const unfit =
    index.keyType !== "HASH"
      ? "is not over hashes"
      : index.coverage === "none"
        ? "looks at none of the keys of people"
        : !vector
          ? "has no vector field"
          : vector.vector.dataType !== "FLOAT32"
            ? `keeps ${vector.vector.dataType} vectors, and the doctor knows FLOAT32`
            : null;
  if (unfit !== null || !vector) {
    throw new SafeError("conflict", `The index ${index.name} ${unfit}.`, { hint: "Choose another index." });
  }
  const { model, embedder, by } = await modelOfIndex(consoleStore, index);
  const { dimensions } = vector.vector;
  const fits = embedder?.dimensions === dimensions ? embedder : null;
  return {
    index: index.name,
    field: vector.identifier,
    dimensions,
    // A guess is no ground for calling a vector another model's.
    model: by === "bound" ? model : null,
    canEmbed: fits !== null,
    prefixes: index.prefixes.map(parseDisplayed),
    embedder: fits,
    by,
  };
}

/**
 * Refuses to write vectors of this index into a field that another index reads as something else: what is a fault to the
 * one is what the other was made for.
 * @throws SafeError `conflict`
 */
export async function requireOwnField(
  store: Store,
  consoleStore: Store,
  target: DoctorTarget,
): Promise<void> {
  const { indexes } = await describeIndexes(store);
  for (const index of indexes) {
    const vectors = index.fields.filter(({ identifier, vector }) => vector && identifier === target.field);
    if (index.name === target.index || index.coverage === "none" || vectors.length === 0) continue;
    const isLonger = vectors.some(({ vector }) => vector?.dimensions !== target.dimensions);
    const { model, by } = await modelOfIndex(consoleStore, index);
    const isOthers = by === "bound" && target.embedder !== null && model !== target.embedder.model;
    if (!isLonger && !isOthers) continue;
    const what = isLonger ? "vectors of another length" : `vectors of ${model}`;
    throw new SafeError("conflict", `The index ${index.name} reads ${what} in the field ${target.field}.`, {
      hint: "They would be overwritten. Make an index on a field of its own, or drop that one first.",
    });
  }
}
