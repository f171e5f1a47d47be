/** Vectors of other models in other fields of a memory's hash: they belong to its text as much as the first one does. */
import type { Embedder } from "../../embeddings/types";
import { companionsOf, VECTOR_FIELD, vectorArgs, vectorFieldNames } from "../memory-vectors";
import { toArray, toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg } from "../store/wire";
import { fieldNames } from "./memory-fields";

export interface OtherVectors {
  /** Field and value in turns, for the HSET of the text. */
  fields: Arg[];
  /** Names to take away: nobody here can make these vectors anew, and they would speak of the old text. */
  taken: Arg[];
  remade: number;
}

/**
 * What becomes of them when the text changes: made anew by the model that is configured, taken away otherwise.
 * @param embedderOf null for all takes all of them away
 */
export async function otherVectors(
  store: Store,
  key: Buffer,
  content: string,
  embedderOf: (model: string) => Embedder | null,
): Promise<OtherVectors> {
  const fields = await otherVectorFields(store, key);
  const models = await modelsOf(store, key, fields);
  const all: OtherVectors = { fields: [], taken: [], remade: 0 };
  for (const [at, field] of fields.entries()) {
    const embedder = embedderOf(models[at] ?? "");
    if (!embedder) {
      all.taken.push(...vectorFieldNames(field));
      continue;
    }
    const [vector] = await embedder.embed([content]);
    all.fields.push(...vectorArgs({ content, vector: vector!, embedder, field }));
    all.remade += 1;
  }
  return all;
}

/** Fields beside `embedding` that the console itself wrote a vector to: those that have all three companions. */
async function otherVectorFields(store: Store, key: Buffer): Promise<string[]> {
  const names = new Set((await fieldNames(store, key)).map((name) => name.toString("utf8")));
  return [...names].filter((name) => {
    const { model, dimensions, digest } = companionsOf(name);
    return name !== VECTOR_FIELD && [model, dimensions, digest].every((one) => names.has(one));
  });
}

async function modelsOf(store: Store, key: Buffer, fields: string[]): Promise<(string | null)[]> {
  if (fields.length === 0) return [];
  const names = fields.map((field) => companionsOf(field).model);
  const replies = toArray(await store.command("HMGET", key, ...names));
  return replies.map((reply) => toBufferOrNull(reply)?.toString("utf8") ?? null);
}
