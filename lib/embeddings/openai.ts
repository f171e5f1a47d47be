/**
 * Any endpoint that speaks OpenAI's embeddings API (OpenAI, Ollama, vLLM, TEI …): POST {model, input} →
 * {data: [{index, embedding: number[]}]}. Fixed by configuration; never follows a redirect, waits 5 s, reads
 * at most 1 MB an answer. Its errors speak of the endpoint, never of the text or of what it answered.
 */
import { SafeError } from "../errors";
import type { Embedder } from "./embedder";

export interface OpenaiOptions {
  url: string;
  model: string;
  dimensions: number;
  apiKey?: string | undefined;
  /** How the variables begin that configure it: what its errors name. */
  variables?: "EMBEDDINGS" | "EMBEDDINGS_NEXT";
  /** For tests. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 1_000_000;
const MAX_BATCH = 64;
/** A component as JSON text, with its comma: `-0.0123456789012345678,`. */
const BYTES_PER_COMPONENT = 25;

export function openaiEmbedder(options: OpenaiOptions): Embedder {
  const fits = Math.floor(MAX_ANSWER_BYTES / (options.dimensions * BYTES_PER_COMPONENT));
  const batch = Math.max(1, Math.min(MAX_BATCH, fits));
  return {
    provider: "openai",
    model: options.model,
    dimensions: options.dimensions,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += batch) {
        vectors.push(...(await request(options, texts.slice(at, at + batch))));
      }
      return vectors;
    },
  };
}

function failed(what: string, hint = "Check EMBEDDINGS_URL and that the endpoint runs."): SafeError {
  return new SafeError("embedding_failed", `The embedding endpoint ${what}.`, { hint });
}

async function request(options: OpenaiOptions, input: string[]): Promise<Float32Array[]> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(options.url, {
      method: "POST",
      redirect: "error",
      signal,
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        ...(options.apiKey ? { Authorization: `Bearer ${options.apiKey}` } : {}),
      },
      body: JSON.stringify({ model: options.model, input }),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw failed(
        `answered ${response.status}`,
        response.status === 401 || response.status === 403
          ? "Check EMBEDDINGS_API_KEY."
          : "Check EMBEDDINGS_URL and EMBEDDINGS_MODEL.",
      );
    }
    return vectorsOf(parseJson(await readLimited(response)), input.length, options.dimensions);
  } catch (error) {
    if (error instanceof SafeError) throw error;
    if (signal.aborted) throw failed(`did not answer within ${timeoutMs / 1000} s`);
    throw failed("cannot be reached, or redirects elsewhere");
  }
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw failed("answered with more than 1 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failed("did not answer with JSON");
  }
}

function vectorsOf(answer: unknown, count: number, dimensions: number): Float32Array[] {
  const data = (answer as { data?: unknown } | null)?.data;
  if (!Array.isArray(data) || data.length !== count) {
    throw failed(`did not give ${count} ${count === 1 ? "vector" : "vectors"}`);
  }
  const vectors = new Array<Float32Array | undefined>(count).fill(undefined);
  for (const [at, entry] of (data as { index?: unknown; embedding?: unknown }[]).entries()) {
    const index = typeof entry?.index === "number" ? entry.index : at;
    vectors[index] = vectorOf(entry?.embedding, dimensions);
  }
  if (vectors.length !== count || vectors.includes(undefined)) throw failed("numbered its vectors wrongly");
  return vectors as Float32Array[];
}

function vectorOf(embedding: unknown, dimensions: number): Float32Array {
  if (!Array.isArray(embedding) || !embedding.every((part) => Number.isFinite(part))) {
    throw failed("gave something that is not a vector");
  }
  if (embedding.length !== dimensions) {
    throw failed(
      `gave ${embedding.length} dimensions, not ${dimensions}`,
      `Set EMBEDDINGS_DIMENSIONS=${embedding.length}, or name another EMBEDDINGS_MODEL.`,
    );
  }
  return Float32Array.from(embedding as number[]);
}
