/** Vectors as bytes. FLOAT32 in Redis is little-endian, whatever the machine. */
import { endianness } from "node:os";

export function toFloat32LE(vector: Float32Array): Buffer {
  const bytes = Buffer.from(vector.slice().buffer);
  return endianness() === "LE" ? bytes : bytes.swap32();
}

/** @throws RangeError when the length is not a multiple of 4. */
export function fromFloat32LE(bytes: Buffer): Float32Array {
  if (bytes.length % 4 !== 0) throw new RangeError("a FLOAT32 vector's length is a multiple of 4");
  const vector = new Float32Array(bytes.length / 4);
  for (let at = 0; at < vector.length; at += 1) vector[at] = bytes.readFloatLE(at * 4);
  return vector;
}

export type VectorFinding =
  | "ok"
  | "missing" // no bytes at all
  | "not-multiple-of-4" // no FLOAT32 vector of any length
  | "wrong-length" // another dimension than the index's: Redis leaves the whole memory out
  | "nan" // a component is no number, or infinite
  | "zero-norm" // no direction, so no cosine distance to anything
  | "big-endian"; // sane only when its bytes are read in the other order, as in the tutorial's samples

/** What is wrong with a stored vector, the most telling first. `dimensions` null: any length will do. */
export function inspectVector(bytes: Buffer | null, dimensions: number | null): VectorFinding {
  if (bytes === null || bytes.length === 0) return "missing";
  if (bytes.length % 4 !== 0) return "not-multiple-of-4";
  if (dimensions !== null && bytes.length !== dimensions * 4) return "wrong-length";
  const vector = fromFloat32LE(bytes);
  if (looksBigEndian(vector, bytes)) return "big-endian";
  if (!vector.every(Number.isFinite)) return "nan";
  if (vector.every((part) => part === 0)) return "zero-norm";
  return "ok";
}

/** Of a model's vector: components are zero, or neither tiny nor huge. Of bytes in the wrong order a fifth looks so. */
function isPlausible(part: number): boolean {
  const size = Math.abs(part);
  return size === 0 || (size > 1e-12 && size < 1e6);
}

/** Every component is sane in the other order, and a good part of them is not in this one. */
function looksBigEndian(vector: Float32Array, bytes: Buffer): boolean {
  const odd = vector.reduce((count, part) => (isPlausible(part) ? count : count + 1), 0);
  const zeros = vector.reduce((count, part) => (part === 0 ? count + 1 : count), 0);
  if (odd === 0 || odd * 4 < vector.length - zeros) return false;
  for (let at = 0; at < bytes.length; at += 4) {
    if (!isPlausible(bytes.readFloatBE(at))) return false;
  }
  return true;
}

/** 1 − cosine, 0 (same direction) to 2 (opposite); NaN when one of them has no direction. */
export function cosineDistance(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let normA = 0;
  let normB = 0;
  for (let at = 0; at < a.length; at += 1) {
    const x = a[at]!;
    const y = b[at]!;
    dot += x * y;
    normA += x * x;
    normB += y * y;
  }
  return 1 - dot / Math.sqrt(normA * normB);
}

/** Longest pasted vector: 32,768 components of 8 bytes, the most an index can have. */
const MAX_BYTES = 32_768 * 8;

export interface PastedVector {
  bytes: Buffer;
  /** `bytes`: hex or escapes, in the order in which they stood somewhere. `numbers`: FLOAT32 little-endian was made of them. */
  form: "bytes" | "numbers";
}

/**
 * A vector that a person pasted: numbers apart by commas or spaces (JSON too), hex digits with or without white space,
 * or escapes (`\x40\x20…`) as redis-cli and Python write them. Hex and escapes are the bytes as they stand in Redis.
 * @returns null when it is none of them.
 */
export function parsePastedVector(text: string): PastedVector | null {
  const trimmed = text.trim();
  const stored = escapedBytes(trimmed) ?? plainHexBytes(trimmed);
  const numbers = stored ? null : numberBytes(trimmed);
  // Last, because numbers may look like hex digits: `10 20 1e5`.
  const bytes = stored ?? numbers ?? hexBytes(trimmed);
  if (!bytes || bytes.length === 0 || bytes.length > MAX_BYTES) return null;
  return { bytes, form: numbers ? "numbers" : "bytes" };
}

const ESCAPES: Record<string, number> = { n: 10, r: 13, t: 9, a: 7, b: 8 };
/** As redis-cli quotes, as a shell does, and as Python prints bytes. */
const QUOTED = /^b?(["'])(.*)\1$/s;

/** Line ends are a terminal's: a byte that is one is written as an escape. */
function escapedBytes(text: string): Buffer | null {
  if (!text.includes("\\") && !QUOTED.test(text)) return null;
  const inner = text.replace(/[\r\n]+/g, "").replace(QUOTED, "$2");
  const parts: Buffer[] = [];
  for (const [, hex, letter, plain] of inner.matchAll(/\\x([0-9a-fA-F]{2})|\\(.)|([^\\]+)/gs)) {
    if (hex !== undefined) parts.push(Buffer.from(hex, "hex"));
    else if (letter !== undefined)
      parts.push(Object.hasOwn(ESCAPES, letter) ? Buffer.of(ESCAPES[letter]!) : Buffer.from(letter));
    else parts.push(Buffer.from(plain!, "utf8"));
  }
  return Buffer.concat(parts);
}

/** In one piece, or in groups of eight as the console shows a field: nobody writes a vector of such numbers. */
function plainHexBytes(text: string): Buffer | null {
  return /^(0x)?[0-9a-f]+$|^[0-9a-f]{8}(\s+[0-9a-f]{8})+$/i.test(text) ? hexBytes(text) : null;
}

function hexBytes(text: string): Buffer | null {
  const digits = text.replace(/^0x/i, "").replace(/\s+/g, "");
  return /^([0-9a-f]{8})+$/i.test(digits) ? Buffer.from(digits, "hex") : null;
}

function numberBytes(text: string): Buffer | null {
  const parts = text
    .replace(/^\[(.*)\]$/s, "$1")
    .split(/[\s,;]+/)
    .filter((part) => part !== "");
  if (parts.length === 0 || !parts.every((part) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(part)))
    return null;
  const vector = Float32Array.from(parts.map(Number));
  return vector.every(Number.isFinite) ? toFloat32LE(vector) : null;
}
