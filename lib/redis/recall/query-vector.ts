/** The vector a search looks with: pasted, or made from the query's text; or the reason why there is none. */
import { embedOne, modelUnderstands } from "../../embeddings/embedder";
import type { Embedder } from "../../embeddings/types";
import { inspectVector, parsePastedVector } from "../../embeddings/vector";
import { SafeError } from "../../errors";
import { formatCount } from "../../format";
import { decodeVector, encodeVector, swapBytes, vectorBytes } from "../query-engine/distance";
import type { VectorAttributes } from "../query-engine/index-types";
import type { ByteOrder, SearchMode } from "./rules";
import type { SearchNotice } from "./types";

export interface QueryVector {
  /** As Redis is sent it. */
  bytes: Buffer;
  /** The same as numbers; null where the data type is not read here. */
  values: Float32Array | null;
  source: "embedded" | "pasted";
}

export interface VectorQuestion {
  query: string;
  pasted: string | null;
  /** Of the pasted bytes; typed numbers have none. */
  byteOrder: ByteOrder;
  mode: SearchMode;
  /** What the vector must fit; null when there is no index and any length will do. */
  target: VectorAttributes | null;
}

/**
 * @returns `vector: null` with the notice that says why, where words can still be searched
 * @throws SafeError `invalid_input` for a paste that is no vector, `dimension_mismatch` for one that does not fit,
 *   `embedding_failed` when meaning alone was asked for
 */
export async function queryVector(
  question: VectorQuestion,
  { embedder, model }: { embedder: Embedder | null; model: string },
): Promise<{ vector: QueryVector | null; notices: SearchNotice[]; embedMs: number }> {
  const { query, pasted, mode, target } = question;
  if (mode === "text") return { vector: null, notices: [], embedMs: 0 };
  if (pasted !== null) return { ...readPasted(pasted, question), embedMs: 0 };
  if (query.trim() === "") return { vector: null, notices: [], embedMs: 0 };
  const without = (notice: SearchNotice) => ({ vector: null, notices: [notice], embedMs: 0 });
  if (embedder === null) return without({ kind: "model-not-configured", model });
  if (target && target.dimensions !== embedder.dimensions) {
    return without({
      kind: "dimension-mismatch",
      embedderDimensions: embedder.dimensions,
      indexDimensions: target.dimensions,
    });
  }
  const dataType = target?.dataType ?? "FLOAT32";
  if (dataType !== "FLOAT32" && dataType !== "FLOAT64") return without({ kind: "data-type", dataType });
  const understood = modelUnderstands(query, embedder);
  const notice: SearchNotice = { kind: "not-understood", model: embedder.model };
  if (!understood && mode === "hybrid") return without(notice);

  const startedAt = performance.now();
  try {
    const values = await embedOne(embedder.provider === "bundled" ? uncapitalised(query) : query, embedder);
    const bytes = encodeVector(values, dataType)!;
    const embedMs = performance.now() - startedAt;
    return { vector: { bytes, values, source: "embedded" }, notices: understood ? [] : [notice], embedMs };
  } catch (error) {
    if (!(error instanceof SafeError) || error.code !== "embedding_failed" || mode === "vector") throw error;
    const { message, hint } = error.toDto();
    return {
      ...without({ kind: "embedding-failed", message, hint }),
      embedMs: performance.now() - startedAt,
    };
  }
}

/**
 * The bundled model takes “Meetings” for something else than “meetings” (cosine .77), and memories are written
 * as notes, without a capital. docs/decisions/0003 has the figures.
 */
export function uncapitalised(query: string): string {
  const shouted = !/\p{Ll}/u.test(query);
  return shouted
    ? query.toLowerCase()
    : query.replace(/^(\P{L}*)(\p{Lu})(?=\p{Ll})/u, (_, before, first) => before + first.toLowerCase());
}

function readPasted(
  text: string,
  { target, byteOrder }: VectorQuestion,
): { vector: QueryVector; notices: SearchNotice[] } {
  const parsed = parsePastedVector(text);
  if (!parsed) {
    throw new SafeError(
      "invalid_input",
      /(…|\.\.\.)["'\]]?\s*$/.test(text)
        ? "vector: ends in dots, so a part of it is missing."
        : "vector: must be a vector: numbers, hex digits or redis-cli escapes.",
      {
        field: "vector",
        hint: "For example 0.12, -0.5, 0.33 or \\x00\\x00\\x20\\x40…",
      },
    );
  }
  const dataType = target?.dataType ?? "FLOAT32";
  const swapped = byteOrder === "big" && parsed.form === "bytes";
  const fit = target ? fitted(parsed.bytes, target) : parsed.bytes;
  const bytes = swapped ? swapBytes(fit, dataType) : fit;
  const notices: SearchNotice[] = swapped ? [{ kind: "pasted-swapped" }] : [];
  const values = decodeVector(bytes, dataType);
  if (dataType !== "FLOAT32") return { vector: { bytes, values, source: "pasted" }, notices };
  const finding = inspectVector(bytes, target?.dimensions ?? null);
  if (finding === "nan" || finding === "zero-norm" || finding === "not-multiple-of-4") {
    const why = {
      nan: "holds something that is not a number",
      "zero-norm": "is all zeros, which is near to nothing",
      "not-multiple-of-4": "has a number of bytes that is not a multiple of 4",
    }[finding];
    throw new SafeError("invalid_input", `vector: ${why}.`, { field: "vector" });
  }
  if (finding === "big-endian") notices.push({ kind: "pasted-big-endian" });
  return { vector: { bytes, values, source: "pasted" }, notices };
}

/** Typed numbers were read as FLOAT32; an index of FLOAT64 wants them wider. */
function fitted(bytes: Buffer, target: VectorAttributes): Buffer {
  const wanted = vectorBytes(target.dataType, target.dimensions);
  if (bytes.length === wanted) return bytes;
  if (target.dataType === "FLOAT64" && bytes.length === target.dimensions * 4) {
    return encodeVector(decodeVector(bytes, "FLOAT32")!, "FLOAT64")!;
  }
  const has =
    bytes.length % 4 === 0
      ? `${formatCount(bytes.length / 4)} numbers`
      : `${formatCount(bytes.length)} bytes`;
  const inBytes = wanted === null ? "" : ` (${formatCount(wanted)} bytes)`;
  throw new SafeError(
    "dimension_mismatch",
    `The pasted vector has ${has}, the index wants ${formatCount(target.dimensions)} numbers${inBytes}.`,
    {
      field: "vector",
      hint: `Paste a vector of ${target.dimensions} × ${target.dataType}.`,
    },
  );
}
