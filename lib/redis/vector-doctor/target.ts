/** Which field the doctor of an index looks at, and what the index demands of it. */
import { parseDisplayed } from "../../bytes";
import type { ConfiguredEmbedder } from "../../embeddings/embedder";
import { SafeError } from "../../errors";
import { memoryFields, readIndexInfo } from "../query-engine/index-info";
import { modelOfIndex } from "../query-engine/index-models";
import type { Store } from "../store";
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
