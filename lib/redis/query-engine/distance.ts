/** Vectors in an index's data type, and the distances its metric means; for memories the index does not hold. */
import { cosineDistance, fromFloat32LE, toFloat32LE } from "../../embeddings/vector";

const BYTES_PER_COMPONENT: Record<string, number> = {
  FLOAT64: 8,
  FLOAT32: 4,
  FLOAT16: 2,
  BFLOAT16: 2,
  INT8: 1,
  UINT8: 1,
};

/** Bytes of one vector; null for a data type that is not known here. */
export function vectorBytes(dataType: string, dimensions: number): number | null {
  const bytes = BYTES_PER_COMPONENT[dataType];
  return bytes === undefined ? null : bytes * dimensions;
}

/** Each component's bytes in the other order. Bytes that do not fill a component stay as they are. */
export function swapBytes(bytes: Buffer, dataType: string): Buffer {
  const width = BYTES_PER_COMPONENT[dataType] ?? 1;
  const swapped = Buffer.from(bytes);
  for (let at = 0; at + width <= swapped.length; at += width) swapped.subarray(at, at + width).reverse();
  return swapped;
}

/** @returns null for data types other than FLOAT32 and FLOAT64. */
export function encodeVector(vector: Float32Array, dataType: string): Buffer | null {
  if (dataType === "FLOAT32") return toFloat32LE(vector);
  if (dataType !== "FLOAT64") return null;
  const bytes = Buffer.alloc(vector.length * 8);
  vector.forEach((part, at) => {
    bytes.writeDoubleLE(part, at * 8);
  });
  return bytes;
}

/** @returns null for data types other than FLOAT32 and FLOAT64, and for a length that does not fit. */
export function decodeVector(bytes: Buffer, dataType: string): Float32Array | null {
  if (dataType === "FLOAT32") return bytes.length % 4 === 0 ? fromFloat32LE(bytes) : null;
  if (dataType !== "FLOAT64" || bytes.length % 8 !== 0) return null;
  return Float32Array.from({ length: bytes.length / 8 }, (_, at) => bytes.readDoubleLE(at * 8));
}

/**
 * As the Query Engine reports it: COSINE is 1 − cosine, IP is 1 − inner product, L2 is the *squared* Euclidean
 * distance. Rounding makes some slightly negative (-8.7e-06, measured): clamped, except for IP, which may be.
 */
export function vectorDistance(metric: string, a: Float32Array, b: Float32Array): number {
  if (metric === "COSINE") return clampDistance(metric, cosineDistance(a, b));
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) {
    const difference = a[at]! - b[at]!;
    sum += metric === "L2" ? difference * difference : a[at]! * b[at]!;
  }
  return metric === "L2" ? sum : 1 - sum;
}

/**
 * Can the engine tell a distance to it at all? What it cannot, it leaves out of every search by meaning, without a word
 * (measured). Data types that are not read here are believed.
 */
export function isMeasurable(bytes: Buffer, dataType: string, metric: string): boolean {
  const vector = decodeVector(bytes, dataType);
  if (vector === null) return true;
  let squares = 0;
  for (const part of vector) squares += part * part;
  if (metric !== "COSINE") return !Number.isNaN(squares);
  // Divided by its norm, which is a FLOAT32 too: of nothing, or of something infinite, no number comes out.
  return vector.every(Number.isFinite) && Math.fround(Math.sqrt(squares)) > 0;
}

export function clampDistance(metric: string, distance: number): number {
  return metric === "IP" ? distance : Math.max(0, distance);
}

/** 1 is the same; null where the metric has no such scale. */
export function similarityOf(metric: string, distance: number | null): number | null {
  return metric === "COSINE" && distance !== null && Number.isFinite(distance) ? 1 - distance : null;
}
