/**
 * Text → vector, behind one door. Which provider stands behind it is configuration: the bundled model works
 * without a network; data in the field was embedded by other models, so any OpenAI-compatible endpoint will do.
 */

import { type Env, env } from "../env";
import { SafeError } from "../errors";
import { perProcess } from "../per-process";
import { bundledEmbedder } from "./bundled";
import { cutText, isTellable } from "./odd-texts";
import { openaiEmbedder } from "./openai";
import type { Embedder } from "./types";

/** A configured model, and the field of a memory's hash that its vectors lie in. */
export interface ConfiguredEmbedder extends Embedder {
  field: string;
  /** `next`: the one that memories may be embedded with again, and that may be compared with the first. */
  place: "primary" | "next";
}

/** No page asks for more texts at once. */
const MOST_TYPED = 32;

let configured: ConfiguredEmbedder[] | undefined;

/** The model of EMBEDDINGS_*, and then that of EMBEDDINGS_NEXT_* where there is one. Starts nothing until the first text. */
export function configuredEmbedders(): ConfiguredEmbedder[] {
  configured ??= embeddersOf(env());
  return configured;
}

/** The embedder of EMBEDDINGS_*. */
export function embedder(): ConfiguredEmbedder {
  return configuredEmbedders()[0]!;
}

/** The configured embedder of this model's name (as a memory's companion field says it), or null. */
export function embedderOf(model: string): ConfiguredEmbedder | null {
  return configuredEmbedders().find((one) => one.model === model) ?? null;
}

/** {@link configuredEmbedders} of a given configuration. */
export function embeddersOf(settings: Env): ConfiguredEmbedder[] {
  const primary = { ...providerOf(settings, "EMBEDDINGS"), field: "embedding", place: "primary" as const };
  if (settings.EMBEDDINGS_NEXT_PROVIDER === undefined) return [primary];
  const { EMBEDDINGS_NEXT_FIELD: field } = settings;
  return [primary, { ...providerOf(settings, "EMBEDDINGS_NEXT"), field, place: "next" }];
}

function providerOf(settings: Env, name: "EMBEDDINGS" | "EMBEDDINGS_NEXT"): Embedder {
  if (settings[`${name}_PROVIDER`] === "bundled") return guarded(bundledEmbedder());
  return guarded(
    openaiEmbedder({
      // lib/env.ts demands all three for this provider.
      url: settings[`${name}_URL`]!,
      model: settings[`${name}_MODEL`]!,
      dimensions: settings[`${name}_DIMENSIONS`]!,
      apiKey: settings[`${name}_API_KEY`],
      variables: name,
    }),
  );
}

/** A provider with the rules that hold for all of them: blank texts refused, long ones cut, answers counted. */
export function guarded(provider: Embedder): Embedder {
  return {
    ...provider,
    async embed(texts, patience = texts.length > MOST_TYPED ? "batch" : "query") {
      if (texts.length === 0) return [];
      // Cut first: of a text that begins with half a character or a page of spaces nothing may be left.
      const cut = texts.map(cutText);
      if (cut.some((text) => text.trim() === "")) {
        throw new SafeError("invalid_input", "A blank text has no meaning to embed.", {
          hint: "Write at least one word.",
        });
      }
      const vectors = await provider.embed(cut, patience);
      // The bundled model drops a row for some texts; a shifted answer would give memories each other's vectors.
      const right =
        vectors.length === texts.length &&
        vectors.every((vector) => vector.length === provider.dimensions && vector.every(Number.isFinite));
      if (!right) {
        throw new SafeError("embedding_failed", "The embedding model gave an answer of another shape.", {
          hint: `Expected ${texts.length} × ${provider.dimensions} numbers. Check EMBEDDINGS_MODEL and EMBEDDINGS_DIMENSIONS.`,
        });
      }
      return vectors;
    },
  };
}

const KEPT_QUERIES = 500;
const keptQueries = () => perProcess("query-vectors", () => new Map<string, Float32Array>());

/** One text's vector. The last 500 are remembered in memory: a search is often repeated with another filter. */
export async function embedOne(text: string, by: Embedder = embedder()): Promise<Float32Array> {
  const kept = keptQueries();
  const name = `${by.provider}\n${by.model}\n${by.dimensions}\n${cutText(text)}`;
  const known = kept.get(name);
  // A Map keeps insertion order: taken out and put back, the oldest use stays first.
  if (known) kept.delete(name);
  const vector = known ?? (await by.embed([text]))[0]!;
  kept.set(name, vector);
  if (kept.size > KEPT_QUERIES) kept.delete(kept.keys().next().value as string);
  return vector;
}

/** Can this model tell such a text from another? See {@link isTellable}. */
export function modelUnderstands(text: string, by: Embedder = embedder()): boolean {
  return by.provider !== "bundled" || isTellable(text);
}

/**
 * {@link modelUnderstands} for a vector that is stored.
 * @param model as the companion field names it; null: nobody wrote it down, and its length must tell
 */
export function vectorTells(text: string, model: string | null, dimensions: number): boolean {
  const bundled = bundledEmbedder();
  const isBundled = model === null ? dimensions === bundled.dimensions : model === bundled.model;
  return !isBundled || modelUnderstands(text, bundled);
}
