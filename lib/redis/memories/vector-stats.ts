/** A stored embedding as numbers, and as numbers about it. */
import { inspectForm, type VectorForm } from "../../embeddings/other-forms";
import { fromFloat32LE } from "../../embeddings/vector";
import { formatCount } from "../../format";
import type { NotFinite, VectorStats } from "./types";

/** No model gives longer vectors; one that is longer is shown in part. */
const SHOWN = 4_096;
const SWAPPED = 16;

const PROBLEM: Partial<Record<VectorForm, string>> = {
  text: "It is numbers written as text, and no vector. The vector doctor reads them.",
  float64: "Its numbers are 64 bits wide, the index wants 32. The vector doctor narrows them.",
  "not-multiple-of-4": "Its length is no multiple of 4, so it is no FLOAT32 vector.",
  nan: "It holds numbers that are not finite, so no distance to it can be told.",
  "zero-norm": "All its numbers are zero: it has no direction, so no distance to it can be told.",
  "big-endian":
    "Its bytes make sense only in the other order. Redis reads FLOAT32 little-endian and sees other numbers.",
};

export function vectorStats(
  bytes: Buffer,
  model: string | null,
  declaredDimensions: number | null,
  indexDimensions: number | null,
): VectorStats {
  const form = inspectForm(bytes, indexDimensions);
  // Another length than the index's is said last: what is odd about the numbers tells more.
  const finding = form === "wrong-length" ? inspectForm(bytes, null) : form;
  const base = { bytes: bytes.length, model, declaredDimensions };
  // Read as FLOAT32 they would be numbers that nobody wrote.
  if (bytes.length % 4 !== 0 || form === "text" || form === "float64") {
    return {
      ...base,
      dimensions: null,
      norm: null,
      min: null,
      max: null,
      notFinite: 0,
      byteOrder: "unclear",
      values: [],
      swapped: null,
      problem: PROBLEM[finding],
    };
  }
  const vector = fromFloat32LE(bytes);
  const finite = [...vector].filter(Number.isFinite);
  const problem =
    PROBLEM[finding] ??
    lengthProblem(vector.length, indexDimensions) ??
    declaredProblem(vector.length, declaredDimensions);
  return {
    ...base,
    dimensions: vector.length,
    norm: finite.length > 0 ? Math.sqrt(finite.reduce((sum, part) => sum + part * part, 0)) : null,
    min: finite.length > 0 ? finite.reduce((least, part) => Math.min(least, part)) : null,
    max: finite.length > 0 ? finite.reduce((most, part) => Math.max(most, part)) : null,
    notFinite: vector.length - finite.length,
    byteOrder: finding === "big-endian" ? "big-endian" : finding === "ok" ? "little-endian" : "unclear",
    values: Array.from(vector.subarray(0, SHOWN), (part) =>
      Number.isFinite(part) ? Number(part.toPrecision(6)) : (String(part) as NotFinite),
    ),
    swapped: finding === "big-endian" ? swapped(bytes) : null,
    ...(problem ? { problem } : {}),
  };
}

function swapped(bytes: Buffer): number[] {
  const count = Math.min(SWAPPED, bytes.length / 4);
  return Array.from({ length: count }, (_, at) => Number(bytes.readFloatBE(at * 4).toPrecision(6)));
}

function lengthProblem(dimensions: number, wanted: number | null): string | undefined {
  if (wanted === null || wanted === dimensions) return undefined;
  return `It has ${formatCount(dimensions)} numbers, the index wants ${formatCount(wanted)}.`;
}

function declaredProblem(dimensions: number, declared: number | null): string | undefined {
  if (declared === null || declared === dimensions) return undefined;
  return `It has ${formatCount(dimensions)} numbers, its embedding_dimensions field says ${formatCount(declared)}.`;
}
