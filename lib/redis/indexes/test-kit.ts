/** What tests of indexes share. */
import { toFloat32LE } from "../../embeddings/vector";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { readIndexes } from "./operations";
import { type IndexForm, usualVector } from "./rules";

export const run = (store: Store, words: readonly (string | Buffer | number)[]) =>
  store.command(...(words as unknown as Command));

/** An index as the create form sends it. */
export function newIndex(
  name: string,
  dimensions: number,
  form: IndexForm = "tutorial",
  model: string | null = null,
) {
  return { name, form, model, vector: usualVector(dimensions) };
}

/** Reads until the background walk of every index is over. */
export async function settled(store: Store) {
  for (let attempt = 0; attempt < 250; attempt += 1) {
    const state = await readIndexes(store, store);
    if (state.indexes.every(({ percentIndexed, indexing }) => percentIndexed === 1 && !indexing))
      return state;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("an index is not finished");
}

/** Memories of one person, with vectors of this length. */
export async function remember(store: Store, user: string, count: number, dimensions = 8): Promise<void> {
  const commands = Array.from({ length: count }, (_, at): Command => {
    const vector = Float32Array.from({ length: dimensions }, (_, part) => Math.sin(at * 31 + part + 1));
    return [
      ...(["HSET", `user:${user}:pref:${at + 1}`, "user_id", user, "content", `likes number ${at}`] as const),
      ...["importance", 1 + (at % 10), "timestamp", 1_717_935_000 + at, "embedding", toFloat32LE(vector)],
    ];
  });
  for (let at = 0; at < commands.length; at += 500) await store.pipeline(commands.slice(at, at + 500));
}
