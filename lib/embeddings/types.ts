/** What a provider of vectors is, whichever stands behind the door (embedder.ts). */
export interface Embedder {
  provider: "bundled" | "openai";
  model: string;
  /** Components of every vector it gives. */
  dimensions: number;
  /**
   * One vector for each text, in the same order. A text is cut at EMBEDDED_CHARS characters (odd-texts.ts).
   * @throws SafeError `embedding_failed`; `invalid_input` when a text is blank, which no model can embed.
   */
  embed(texts: string[], patience?: Patience): Promise<Float32Array[]>;
}

/**
 * `query`: somebody waits, so it goes before a batch and gives up after some seconds. `batch`: a job's; it waits its turn
 * and for a busy endpoint. Where nothing is said, embedder.ts goes by how many texts there are.
 */
export type Patience = "query" | "batch";
