import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cosineDistance, fromFloat32LE, inspectVector, parsePastedVector, toFloat32LE } from "./vector";

test("bytes are little-endian, and come back", () => {
  expect(toFloat32LE(Float32Array.of(2.5)).toString("hex")).toBe("00002040");
  fc.assert(
    fc.property(fc.float32Array(), (vector) => {
      expect(fromFloat32LE(toFloat32LE(vector))).toEqual(vector);
    }),
  );
  // A view into a larger buffer gives its own part only.
  expect(toFloat32LE(Float32Array.of(1, 2, 3).subarray(1, 2)).toString("hex")).toBe("00000040");
});

test.each([
  ["ok", toFloat32LE(Float32Array.of(1, 0))],
  ["ok", toFloat32LE(Float32Array.of(1e-20, 0.5))],
  ["missing", null],
  ["missing", Buffer.alloc(0)],
  ["not-multiple-of-4", Buffer.alloc(7)],
  ["wrong-length", toFloat32LE(Float32Array.of(1, 0, 0))],
  ["nan", toFloat32LE(Float32Array.of(1, Number.NaN))],
  ["nan", toFloat32LE(Float32Array.of(1, Number.POSITIVE_INFINITY))],
  ["zero-norm", toFloat32LE(Float32Array.of(0, 0))],
  ["big-endian", toFloat32LE(Float32Array.of(2.5, 1)).swap32()],
] as const)("finds %s", (finding, bytes) => {
  expect(inspectVector(bytes, 2)).toBe(finding);
});

test("a model's vector is sane in its own order alone", () => {
  const part = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(part, { minLength: 16, maxLength: 64 }), (parts) => {
      // What a model gives: no round numbers, whose bytes are half zeros.
      const bytes = toFloat32LE(Float32Array.from(parts, (value, at) => value * 0.9 + Math.sin(at + 1) / 16));
      expect(inspectVector(bytes, null)).toBe("ok");
      expect(inspectVector(Buffer.from(bytes).swap32(), null)).toBe("big-endian");
    }),
  );
});

test("cosine distance", () => {
  expect(cosineDistance(Float32Array.of(1, 0), Float32Array.of(3, 0))).toBe(0);
  expect(cosineDistance(Float32Array.of(1, 0), Float32Array.of(0, 2))).toBe(1);
  expect(cosineDistance(Float32Array.of(1, 0), Float32Array.of(-1, 0))).toBe(2);
  expect(cosineDistance(Float32Array.of(1, 0), Float32Array.of(0, 0))).toBeNaN();
});

describe("a pasted vector", () => {
  const bytes = toFloat32LE(Float32Array.of(2.5, -1, 0.001));
  test.each([
    ["2.5, -1, 0.001"],
    ["[2.5,-1,1e-3]"],
    ["2.5 -1\n.001"],
    [bytes.toString("hex")],
    [`0x${bytes.toString("hex").toUpperCase()}`],
    [`"${[...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")}"`],
    // As redis-cli prints it: printable bytes as themselves.
    ['"\\x00\\x00 @\\x00\\x00\\x80\\xbfo\\x12\\x83:"'],
    // As a shell quotes it, as Python prints it, and as a terminal wraps it.
    ["'\\x00\\x00 @\\x00\\x00\\x80\\xbfo\\x12\\x83:'"],
    ["b'\\x00\\x00 @\\x00\\x00\\x80\\xbfo\\x12\\x83:'"],
    ['"\\x00\\x00 @\\x0\n0\\x00\\x80\r\n\\xbfo\\x12\\x83:"'],
    // As the console shows it, byte by byte, and as `xxd -p` wraps it.
    ["00002040 000080bf 6f12833a "],
    ["00 00 20 40 00 00 80 bf 6f 12 83 3a"],
    ["000020400000\n80bf6f12833a\n"],
  ])("%s", (text) => {
    expect(parsePastedVector(text)?.bytes).toEqual(bytes);
  });

  test.each([
    ["10 20 30 40", "numbers", [10, 20, 30, 40]],
    ["1e2 2e3\n3e4 5e6", "numbers", [100, 2_000, 30_000, 5_000_000]],
    ["00002041 00002042", "bytes", [10, 40]],
    ["00002040", "bytes", [2.5]],
  ])("%j is %s, although it may look like the other", (text, form, values) => {
    const parsed = parsePastedVector(text);
    expect(parsed?.form).toBe(form);
    expect([...fromFloat32LE(parsed!.bytes)]).toEqual(values);
  });

  test.each([
    "",
    "  ",
    "hello",
    "1, two",
    "1e999",
    "abc",
    "[1,[2]]",
    '""',
    "9".repeat(3),
    "1 ".repeat(70_000),
  ])("%s is not one, or is one number", (text) => {
    const parsed = parsePastedVector(text);
    expect(parsed === null || parsed.bytes.length === 4).toBe(true);
  });

  test("redis-cli's letters and escapes", () => {
    expect(parsePastedVector('"\\n\\r\\t\\a\\b\\\\\\"z"')?.bytes).toEqual(
      Buffer.from([10, 13, 9, 7, 8, 92, 34, 122]),
    );
  });

  test("the tutorial's first query, 8 dimensions", () => {
    const pasted = String.raw`"\x40\x00\x00\x00\x40\x20\x00\x00\x3f\x80\x00\x00\x40\x40\x00\x00\x40\x60\x00\x00\x3f\x40\x00\x00\x40\x80\x00\x00\x3f\x00\x00\x00"`;
    const parsed = parsePastedVector(pasted)!.bytes;
    expect(parsed).toHaveLength(32);
    expect(inspectVector(parsed, 8)).toBe("big-endian");
    expect([...fromFloat32LE(parsed.swap32())]).toEqual([2, 2.5, 1, 3, 3.5, 0.75, 4, 0.5]);
  });
});
