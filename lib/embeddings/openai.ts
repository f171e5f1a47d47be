/**
 * Any endpoint that speaks OpenAI's embeddings API (OpenAI, Ollama, vLLM, TEI …): POST {model, input} →
 * {data: [{index, embedding: number[]}]}. Fixed by configuration; ask-endpoint.ts says how it is asked.
 */
import type { SafeError } from "../errors";
import { AT_ONCE_FOR_BATCHES, askEndpoint } from "./ask-endpoint";
import { type Budget, type Endpoint, endpointFailure } from "./endpoint";
import type { Embedder, Patience } from "./types";

export interface OpenaiOptions {
  url: string;
  model: string;
  dimensions: number;
  apiKey?: string | undefined;
  /** How the variables begin that configure it: what its errors name. */
  variables?: "EMBEDDINGS" | "EMBEDDINGS_NEXT";
  /** For tests. */
  budgets?: Partial<Record<Patience, Partial<Budget>>>;
}

/** What an answer to one batch may weigh; twice that is read before it is given up. */
const ANSWER_BYTES = 1_000_000;
const MAX_BATCH = 64;
/** A component as JSON text, on a line of its own as OpenAI prints it. */
const BYTES_PER_COMPONENT = 32;

/** A query ends while somebody still waits for it; a job's batch outlasts a restart of the endpoint. */
const BUDGETS: Record<Patience, Omit<Budget, "patience" | "maxAnswerBytes">> = {
  query: { attemptMs: 5_000, totalMs: 6_000, attempts: 2 },
  batch: { attemptMs: 30_000, totalMs: 120_000, attempts: 8 },
};

export function openaiEmbedder(options: OpenaiOptions): Embedder {
  const fits = Math.floor(ANSWER_BYTES / (options.dimensions * BYTES_PER_COMPONENT));
  const size = Math.max(1, Math.min(MAX_BATCH, fits));
  const { url, apiKey, variables = "EMBEDDINGS" } = options;
  const endpoint: Endpoint = {
    ...{ what: "embedding endpoint", code: "embedding_failed" },
    ...{ url, apiKey, variables },
  };
  const maxAnswerBytes = Math.max(2 * ANSWER_BYTES, 2 * options.dimensions * BYTES_PER_COMPONENT);
  return {
    provider: "openai",
    model: options.model,
    dimensions: options.dimensions,
    async embed(texts, patience = "query") {
      const budget: Budget = {
        ...{ patience, maxAnswerBytes, ...BUDGETS[patience], ...options.budgets?.[patience] },
      };
      const batches = Array.from({ length: Math.ceil(texts.length / size) }, (_, at) =>
        texts.slice(at * size, (at + 1) * size),
      );
      const vectors: Float32Array[][] = [];
      // One batch that fails ends the others: half a list of vectors is of no use.
      const failed = new AbortController();
      let next = 0;
      // A batch's budget begins when it is its turn among these, not when the first of a thousand is asked.
      const askInTurn = async () => {
        for (let at = next++; at < batches.length; at = next++) {
          const input = batches[at]!;
          vectors[at] = await askEndpoint(
            endpoint,
            { model: options.model, input },
            budget,
            (answer) => vectorsOf(endpoint, answer, input.length, options.dimensions),
            failed.signal,
          );
        }
      };
      try {
        await Promise.all(Array.from({ length: AT_ONCE_FOR_BATCHES }, askInTurn));
      } finally {
        failed.abort();
      }
      return vectors.flat();
    },
  };
}

function vectorsOf(endpoint: Endpoint, answer: unknown, count: number, dimensions: number): Float32Array[] {
  const data = (answer as { data?: unknown } | null)?.data;
  if (!Array.isArray(data) || data.length !== count) {
    throw endpointFailure(endpoint, `did not give ${count} ${count === 1 ? "vector" : "vectors"}`);
  }
  const vectors = new Array<Float32Array | undefined>(count).fill(undefined);
  for (const [at, entry] of (data as ({ index?: unknown; embedding?: unknown } | null)[]).entries()) {
    const index = typeof entry?.index === "number" ? entry.index : at;
    vectors[index] = vectorOf(endpoint, entry?.embedding, dimensions);
  }
  if (vectors.length !== count || vectors.includes(undefined)) {
    throw endpointFailure(endpoint, "numbered its vectors wrongly");
  }
  return vectors as Float32Array[];
}

function vectorOf(endpoint: Endpoint, embedding: unknown, dimensions: number): Float32Array {
  const wrong = (did: string, hint?: string): SafeError => endpointFailure(endpoint, did, hint);
  if (!Array.isArray(embedding) || !embedding.every((part) => Number.isFinite(part))) {
    throw wrong("gave something that is not a vector");
  }
  if (embedding.length !== dimensions) {
    const { variables } = endpoint;
    throw wrong(
      `gave ${embedding.length} dimensions, not ${dimensions}`,
      `Set ${variables}_DIMENSIONS=${embedding.length}, or name another ${variables}_MODEL.`,
    );
  }
  const vector = Float32Array.from(embedding as number[]);
  const model = `Name another ${endpoint.variables}_MODEL.`;
  if (!vector.every(Number.isFinite)) throw wrong("gave numbers too large for FLOAT32", model);
  if (vector.every((part) => part === 0))
    throw wrong("gave a vector of zeros, which is near to nothing", model);
  return vector;
}
