/** What embedding everything for an index would take: counted, measured on a sample, and the rest said to be an estimate. */

import { parseDisplayed } from "../../bytes";
import type { ConfiguredEmbedder } from "../../embeddings/embedder";
import { configuredEmbedders, modelUnderstands } from "../../embeddings/embedder";
import { EMBEDDED_CHARS } from "../../embeddings/odd-texts";
import { SafeError } from "../../errors";
import { everyUserPattern } from "../keys";
import { scanFrom } from "../keyspace/scan-places";
import { readIndexInfo } from "../query-engine/index-info";
import type { Store } from "../store/store";
import { hasText } from "./classify";
import { countKeys } from "./examine";
import { memoriesAmong, readMemories, type StoredMemory } from "./read-batch";

export interface FillPlan {
  model: string;
  provider: "bundled" | "openai";
  /** Memories that have a text, reckoned from the sample unless all were looked at. */
  memories: number;
  isExact: boolean;
  sample: { memories: number; texts: number; embedMs: number };
  /** Reckoned from the sample, ms, without what waiting for others takes. */
  embedMs: number;
  /** Characters that are embedded, and what they may be in tokens: four of English text are about one. */
  characters: number;
  tokens: number;
  /** Texts longer than what is embedded of one. */
  cut: number;
  /** Texts of a script that the model cannot tell apart. */
  untold: number;
}

/** Keys looked at for the sample, and texts of them that are embedded. */
const SAMPLE_KEYS = 2_000;
const SAMPLE_TEXTS = 64;
const CHARS_PER_TOKEN = 4;

/**
 * Embeds up to 64 texts, so it costs what those cost.
 * @throws SafeError `no_index`, `not_found` when the model is not configured, `embedding_failed`
 */
export async function planFill(store: Store, input: { index: string; model: string }): Promise<FillPlan> {
  const embedder = configuredEmbedders().find((one) => one.model === input.model);
  if (!embedder) {
    throw new SafeError("not_found", `The model ${input.model} is not configured.`, {
      hint: "EMBEDDINGS_NEXT_* names a second one.",
    });
  }
  const index = await readIndexInfo(store, input.index);
  if (!index) throw new SafeError("no_index", `There is no index ${input.index} any more.`);
  const { memories, keys, isAll } = await sampleOf(store, index.prefixes.map(parseDisplayed), embedder);
  const texts = memories.flatMap(({ content }) => (hasText(content) ? [content.toString("utf8")] : []));
  const some = spread(texts, SAMPLE_TEXTS);
  const startedAt = performance.now();
  await embedder.embed(some, "batch");
  const embedMs = performance.now() - startedAt;
  const factor = isAll || keys === 0 ? 1 : (await countKeys(store)) / keys;
  const characters = texts.reduce((sum, text) => sum + Math.min(text.length, EMBEDDED_CHARS), 0) * factor;
  const count = Math.round(texts.length * factor);
  return {
    model: embedder.model,
    provider: embedder.provider,
    memories: count,
    isExact: isAll,
    sample: { memories: memories.length, texts: some.length, embedMs: Math.round(embedMs) },
    embedMs: some.length === 0 ? 0 : Math.round((embedMs / some.length) * count),
    characters: Math.round(characters),
    tokens: Math.ceil(characters / CHARS_PER_TOKEN),
    untold: Math.round(texts.filter((text) => !modelUnderstands(text, embedder)).length * factor),
    cut: Math.round(texts.filter((text) => text.length > EMBEDDED_CHARS).length * factor),
  };
}

async function sampleOf(store: Store, prefixes: Buffer[], { field }: ConfiguredEmbedder) {
  const memories: StoredMemory[] = [];
  let keys = 0;
  let isAll = true;
  for await (const batch of scanFrom(store, everyUserPattern(), { from: null, count: 200 })) {
    keys += batch.keys.length;
    memories.push(...(await readMemories(store, memoriesAmong(batch.keys, { prefixes }), field)));
    if (keys >= SAMPLE_KEYS) {
      isAll = false;
      break;
    }
  }
  return { memories, keys, isAll };
}

/** So many of them, from all over. */
function spread<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)]!);
}
