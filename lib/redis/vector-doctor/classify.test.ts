import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toFloat32LE } from "../../embeddings/vector";
import { contentDigest } from "../memory-vectors";
import { findFault, type StoredVector, type VectorTarget } from "./classify";

const DIMENSIONS = 16;
const target: VectorTarget = { field: "embedding", dimensions: DIMENSIONS, model: "m", canEmbed: true };
const CONTENT = Buffer.from("prefers mornings");
const good = Float32Array.from({ length: DIMENSIONS }, (_, at) => Math.sin(at + 1) / 16);
const stored = (vector: Buffer | null, some: Partial<StoredVector> = {}): StoredVector => ({
  ...{ vector, content: CONTENT, model: null, digest: null },
  ...some,
});
const doublesOf = (numbers: Iterable<number>) => Buffer.from(Float64Array.from(numbers).buffer);

test("healthy: with nothing beside it, and with its own model and digest", () => {
  expect(findFault(stored(toFloat32LE(good)), target)).toBeNull();
  const beside = { model: "m", digest: contentDigest(CONTENT) };
  expect(findFault(stored(toFloat32LE(good), beside), target)).toBeNull();
  expect(findFault(stored(toFloat32LE(good), { model: "x" }), { ...target, model: null })).toBeNull();
});

describe("each fault with its cure", () => {
  const hole = good.slice();
  hole[3] = Number.NaN;
  const infinite = good.slice();
  infinite[0] = Number.NEGATIVE_INFINITY;
  test.each<[string, StoredVector, string, string]>([
    ["no field", stored(null), "missing", "embed"],
    ["an empty field", stored(Buffer.alloc(0)), "missing", "embed"],
    ["too short", stored(toFloat32LE(good.slice(1))), "wrong-length", "embed"],
    ["no multiple of four", stored(Buffer.alloc(DIMENSIONS * 4 + 1, 1)), "wrong-length", "embed"],
    ["twice as many floats", stored(toFloat32LE(Float32Array.of(...good, ...good))), "wrong-length", "embed"],
    ["big-endian", stored(toFloat32LE(good).swap32()), "byte-order", "swap"],
    ["NaN", stored(toFloat32LE(hole)), "not-finite", "embed"],
    ["infinite", stored(toFloat32LE(infinite)), "not-finite", "embed"],
    ["zeros", stored(Buffer.alloc(DIMENSIONS * 4)), "zero-norm", "embed"],
    ["zeros as doubles", stored(Buffer.alloc(DIMENSIONS * 8)), "wrong-length", "embed"],
    ["doubles", stored(doublesOf([...good].map((part) => part + 1e-9))), "float64", "narrow"],
    ["doubles that were floats", stored(doublesOf(good)), "float64", "narrow"],
    ["round doubles", stored(doublesOf(good.map((_, at) => at % 3))), "float64", "narrow"],
    ["JSON", stored(Buffer.from(JSON.stringify([...good]))), "text", "parse"],
    ["commas", stored(Buffer.from([...good].join(", "))), "text", "parse"],
    ["as Python prints", stored(Buffer.from(`[${[...good].join(" ")}]`)), "text", "parse"],
    ["text of another length", stored(Buffer.from("[0.1,0.2]")), "text", "embed"],
    ["text as long as a vector", stored(Buffer.from("0.5,".repeat(DIMENSIONS))), "text", "parse"],
    ["zeros as text", stored(Buffer.from("0,".repeat(DIMENSIONS))), "text", "embed"],
    ["another model's", stored(toFloat32LE(good), { model: "x" }), "other-model", "embed"],
    ["of another text", stored(toFloat32LE(good), { digest: contentDigest("old") }), "stale", "embed"],
    ["wrong order, and stale", stored(toFloat32LE(good).swap32(), { digest: "x" }), "byte-order", "embed"],
    ["no text", stored(null, { content: null }), "missing", "no-text"],
    ["blank text", stored(null, { content: Buffer.from(" \n") }), "missing", "no-text"],
    ["text of bytes", stored(null, { content: Buffer.from([0xff, 0xfe]) }), "missing", "no-text"],
  ])("%s", (_, memory, fault, cure) => {
    expect(findFault(memory, target)).toMatchObject({ fault, cure });
  });

  test("without a model only what needs none is mended", () => {
    const without = { ...target, canEmbed: false };
    expect(findFault(stored(null), without)).toMatchObject({ fault: "missing", cure: "no-model" });
    expect(findFault(stored(toFloat32LE(good).swap32()), without)).toMatchObject({ cure: "swap" });
  });
});

test("what is mended without a model is the vector itself", () => {
  const wanted = toFloat32LE(good);
  for (const bytes of [
    toFloat32LE(good).swap32(),
    doublesOf(good),
    Buffer.from(JSON.stringify([...good])),
    Buffer.from([...good].join(",")),
  ]) {
    expect(findFault(stored(bytes), target)?.mended).toEqual(wanted);
  }
});

test("any vector that a model may give is healthy, and is known again in every other form", () => {
  const part = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 8, max: 48 }),
      fc.array(part, { minLength: 48, maxLength: 48 }),
      (length, parts) => {
        const vector = Float32Array.from({ length }, (_, at) => parts[at]! * 0.9 + Math.sin(at + 1) / 16);
        const aim = { ...target, dimensions: length };
        const bytes = toFloat32LE(vector);
        expect(findFault(stored(bytes), aim)).toBeNull();
        expect(findFault(stored(Buffer.from(bytes).swap32()), aim)).toMatchObject({
          fault: "byte-order",
          mended: bytes,
        });
        expect(findFault(stored(doublesOf(vector)), aim)).toMatchObject({ fault: "float64", mended: bytes });
        expect(findFault(stored(Buffer.from(JSON.stringify([...vector]))), aim)).toMatchObject({
          fault: "text",
          mended: bytes,
        });
      },
    ),
  );
});
