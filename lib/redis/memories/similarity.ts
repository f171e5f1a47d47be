/** Which memories say nearly the same: by their vectors and by their texts, without a word about Redis. */

export interface Comparable {
  /** Digest of the text without the differences that nobody means; null when it was not read. */
  text: string | null;
  /** Of length one; null when there is none to compare. */
  vector: Float32Array | null;
  /** Vectors of different models or lengths say nothing about each other. */
  kind: string;
}

export interface Likeness {
  /** Positions in the list that was given; the first is the one the others are like. */
  members: number[];
  /** The least cosine to the first; null when all of them are there for their text. */
  least: number | null;
}

/** The event loop is let go after so long: pages go on being served. */
const SLICE_MS = 8;

/**
 * Each group is what is like its first member, and not what is like something that is like it: a chain of small steps
 * would join memories that have nothing to do with each other.
 * @param least cosine from which two are taken for the same
 */
export async function alike(all: readonly Comparable[], least: number): Promise<Likeness[]> {
  const taken = new Uint8Array(all.length);
  const byText = new Map<string, number[]>();
  for (const [at, { text }] of all.entries()) {
    if (text === null) continue;
    const same = byText.get(text);
    if (same) same.push(at);
    else byText.set(text, [at]);
  }
  const vectors = all.flatMap(({ vector }, at) => (vector === null ? [] : [at]));
  const rests = new Map(vectors.map((at) => [at, restOf(all[at]!.vector!)]));
  const groups: Likeness[] = [];
  let sliceMs = performance.now();
  for (const [first, { text, vector, kind }] of all.entries()) {
    if (taken[first]) continue;
    const members = [first];
    let farthest: number | null = null;
    for (const other of (text === null ? undefined : byText.get(text)) ?? []) {
      if (other <= first || taken[other]) continue;
      taken[other] = 1;
      members.push(other);
    }
    if (vector !== null) {
      for (const other of vectors) {
        if (other <= first || taken[other] || all[other]!.kind !== kind) continue;
        const against = all[other]!.vector!;
        // What is left cannot be more than the product of what is left of both lengths: most need a quarter only.
        const begun = dot(vector, against, 0, quarter(vector));
        if (begun + rests.get(first)! * rests.get(other)! < least - ROUNDING) continue;
        const cosine = begun + dot(vector, against, quarter(vector));
        if (cosine < least) continue;
        taken[other] = 1;
        members.push(other);
        farthest = Math.min(farthest ?? 1, cosine);
      }
    }
    if (members.length > 1) groups.push({ members: members.sort((a, b) => a - b), least: farthest });
    if (performance.now() - sliceMs < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    sliceMs = performance.now();
  }
  return groups;
}

const ROUNDING = 1e-6;
const quarter = (vector: Float32Array) => vector.length >> 2;

/** The length of what comes after the first quarter. */
function restOf(vector: Float32Array): number {
  return Math.sqrt(dot(vector, vector, quarter(vector)));
}

function dot(a: Float32Array, b: Float32Array, from = 0, to = a.length): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += a[at]! * b[at]!;
  return sum;
}

/** The same direction with length one; null when it has none. */
export function normed(vector: Float32Array): Float32Array | null {
  const norm = Math.sqrt(dot(vector, vector));
  if (!Number.isFinite(norm) || norm === 0) return null;
  return vector.map((part) => part / norm);
}

/** Upper and lower case, white space and how a letter is put together are no difference, nor is a full stop at the end. */
export function plainText(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/[.!]+$/u, "");
}
