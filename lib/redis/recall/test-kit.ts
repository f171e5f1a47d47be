/** What the search's tests share. */
import { tutorialCommandsNamed } from "../../../scripts/demo/tutorial";
import { embedder } from "../../embeddings/embedder";
import type { Embedder } from "../../embeddings/types";
import { toFloat32LE } from "../../embeddings/vector";
import { readIndexInfo } from "../query-engine/index-info";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { searchMemories } from "./operations";
import { plainQuestion, type SearchQuestion } from "./question";

export const run = (store: Store, words: readonly (string | number | Buffer)[]) =>
  store.command(...(words as unknown as Command));

/** The tutorial's FT.CREATE with another name or dimension, and whatever else a test changes in it. */
export async function createIndex(store: Store, options: { name?: string; dimensions?: number } = {}) {
  const words = tutorialCommandsNamed("FT.CREATE")[0]!.map(String);
  words[1] = options.name ?? words[1]!;
  words[words.indexOf("DIM") + 1] = String(options.dimensions ?? 8);
  await run(store, words);
  await indexed(store, words[1]!);
}

export async function indexed(store: Store, name = "idx:preferences") {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const info = await readIndexInfo(store, name);
    if (info && !info.indexing && info.percentIndexed === 1) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the index is not finished");
}

/** The tutorial's six memories of alice; with `model`, embedded by the bundled one. */
export async function writeAlice(store: Store, model = false) {
  const commands = tutorialCommandsNamed("HSET");
  const texts = commands.map((words) =>
    String(words[words.findIndex((word) => String(word) === "content") + 1]),
  );
  const vectors = model ? await embedder().embed(texts) : [];
  for (const [at, words] of commands.entries()) {
    const vector = vectors[at];
    await run(store, vector ? [...words.slice(0, -1), toFloat32LE(vector)] : words);
  }
}

export async function writeMemory(
  store: Store,
  user: string | Buffer,
  name: string,
  content: string,
  vector: Float32Array | Buffer,
  more: Record<string, string | number> = {},
) {
  const key = Buffer.concat([Buffer.from("user:"), Buffer.from(user as string), Buffer.from(`:${name}`)]);
  const fields = { importance: 5, timestamp: 1_717_935_000, ...more };
  const embedding = Buffer.isBuffer(vector) ? vector : toFloat32LE(vector);
  await run(store, [
    ...["HSET", key, "user_id", user, "content", content, "embedding", embedding],
    ...Object.entries(fields).flat(),
  ]);
}

export function question(changes: Partial<SearchQuestion>): SearchQuestion {
  return { ...plainQuestion(Buffer.from("alice"), ""), ...changes };
}

export const search = (store: Store, changes: Partial<SearchQuestion>, by: Embedder = embedder()) =>
  searchMemories(store, store, by, question(changes));
