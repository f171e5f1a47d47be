/** The fields in which a memory keeps its embedding: the one way in which this product writes a text and its vector. */
import { createHash } from "node:crypto";
import { toFloat32LE } from "../embeddings/vector";
import type { Arg } from "./store/wire";

/** Where the tutorial's assistant keeps a memory's vector: FLOAT32, little-endian. */
export const VECTOR_FIELD = "embedding";

export interface Companions {
  model: string;
  dimensions: string;
  digest: string;
}

/** The fields that the console writes beside a vector field: which model made the vector, how long it is, of which text. */
export function companionsOf(field: string = VECTOR_FIELD): Companions {
  return { model: `${field}_model`, dimensions: `${field}_dimensions`, digest: `${field}_digest` };
}

/** The vector field itself and its companions: what goes when a vector is taken away. */
export function vectorFieldNames(field: string = VECTOR_FIELD): string[] {
  const { model, dimensions, digest } = companionsOf(field);
  return [field, model, dimensions, digest];
}

/**
 * Tells one text from another, 16 hex digits. It stands beside the vector: where it differs from the text's own,
 * somebody changed the text and left the vector, which is then found for what the memory does not say any more.
 */
export function contentDigest(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

export interface EmbeddedText {
  content: Buffer | string;
  vector: Float32Array;
  /** Who made the vector. */
  embedder: { model: string; dimensions: number };
  field?: string;
}

/** Field and value, in turns, for the HSET that also writes the text: a reader never sees one without the other. */
export function vectorArgs({ content, vector, embedder, field = VECTOR_FIELD }: EmbeddedText): Arg[] {
  const { model, dimensions, digest } = companionsOf(field);
  return [
    ...[field, toFloat32LE(vector)],
    ...[model, embedder.model],
    ...[dimensions, embedder.dimensions],
    ...[digest, contentDigest(content)],
  ];
}
