/** Vectors that were stored in another form than FLOAT32: as doubles, or as text. */
import { inspectVector, type VectorFinding } from "./vector";

export type VectorForm = VectorFinding | "text" | "float64";

/**
 * What stands where a FLOAT32 vector belongs: other forms first, for their bytes seen as FLOAT32 are numbers too.
 * @param dimensions null: any length will do, and doubles are not told from twice as many numbers
 */
export function inspectForm(bytes: Buffer | null, dimensions: number | null): VectorForm {
  if (bytes && bytes.length > 0) {
    if (asText(bytes)) return "text";
    if (dimensions !== null && bytes.length === dimensions * 8 && asDoubles(bytes)) return "float64";
  }
  return inspectVector(bytes, dimensions);
}

const TEXT = /^\s*[[(]?[-+0-9.eE,;\s]+[\])]?\s*$/;

/** Longest text that is read as numbers: 32,768 of 25 characters. */
const MAX_TEXT_BYTES = 820_000;

/**
 * Numbers apart by commas, semicolons or white space, in brackets or not. One number alone is none: four bytes of a real
 * vector may look like it.
 * @returns null when it is no such text
 */
export function asText(bytes: Buffer): number[] | null {
  if (bytes.length > MAX_TEXT_BYTES || !isNumeric(bytes)) return null;
  const text = bytes.toString("latin1");
  if (!TEXT.test(text)) return null;
  const parts = text.split(/[[\](),;\s]+/).filter((part) => part !== "");
  const numbers = parts.map((part) =>
    /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(part) ? Number(part) : NaN,
  );
  return numbers.length >= 2 && numbers.every(Number.isFinite) ? numbers : null;
}

/** A cheap look at the first bytes before all of it is read as text. */
function isNumeric(bytes: Buffer): boolean {
  for (const byte of bytes.subarray(0, 64)) {
    const char = String.fromCharCode(byte);
    if (!/[-+0-9.eE,;\s[\]()]/.test(char)) return false;
  }
  return true;
}

/**
 * Little-endian doubles, as a program with 64-bit numbers writes them. FLOAT32 numbers read as doubles look sane too, but
 * then they are sane as FLOAT32 as well; of a double's two halves the lower one is not.
 * @param bytes twice as long as a FLOAT32 vector of the index
 * @returns null when they are no doubles
 */
export function asDoubles(bytes: Buffer): Float64Array | null {
  const doubles = new Float64Array(bytes.length / 8);
  let roundLow = 0;
  let oddLow = 0;
  for (let at = 0; at < doubles.length; at += 1) {
    doubles[at] = bytes.readDoubleLE(at * 8);
    if (!isSane(doubles[at]!)) return null;
    // Of a double that was a float before, the last 29 bits are zero.
    if ((bytes.readUInt32LE(at * 8) & 0x1fff_ffff) === 0) roundLow += 1;
    if (!isSane(bytes.readFloatLE(at * 8))) oddLow += 1;
  }
  if (doubles.every((part) => part === 0)) return null;
  return roundLow === doubles.length || oddLow * 4 >= doubles.length ? doubles : null;
}

function isSane(part: number): boolean {
  const size = Math.abs(part);
  return size === 0 || (size > 1e-12 && size < 1e6);
}
