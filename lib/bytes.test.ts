import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { displayBytes, isUtf8, namesBytes, parseDisplayed } from "./bytes";
import { BAD_IDS } from "./testing/bad-ids";

const anyBytes = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));

describe.each(BAD_IDS)("%s", (_what, id) => {
  test("what is displayed names the same bytes again", () => {
    const shown = displayBytes(id);
    expect(parseDisplayed(shown).equals(id)).toBe(true);
    expect(namesBytes(shown, id)).toBe(true);
  });

  test("what is displayed holds no invisible or reordering character", () => {
    expect(displayBytes(id)).not.toMatch(
      /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Surrogate}\u2028\u2029]/u,
    );
  });

  test("typing the name of any other bad id does not name this one", () => {
    for (const [, other] of BAD_IDS) {
      if (!other.equals(id)) expect(namesBytes(displayBytes(other), id)).toBe(false);
    }
  });
});

test("display and parse are inverse for any bytes", () => {
  fc.assert(fc.property(anyBytes, (bytes) => parseDisplayed(displayBytes(bytes)).equals(bytes)));
});

test("two different byte strings are never displayed alike", () => {
  // Near misses, which random pairs would hardly ever be: one side is the display of the other, or cut.
  const near = anyBytes.chain((bytes) =>
    fc.tuple(
      fc.constant(bytes),
      fc.oneof(
        anyBytes,
        fc.constant(Buffer.from(displayBytes(bytes))),
        fc.constant(bytes.subarray(1)),
        fc.constant(Buffer.concat([bytes, Buffer.from("\\")])),
      ),
    ),
  );
  fc.assert(fc.property(near, ([a, b]) => a.equals(b) || displayBytes(a) !== displayBytes(b)));
});

test("a text that a person typed is taken as it stands", () => {
  expect(parseDisplayed("al ice")).toEqual(Buffer.from("al ice"));
  expect(parseDisplayed("C:\\temp")).toEqual(Buffer.from("C:\\temp"));
  expect(parseDisplayed("a\\x00b")).toEqual(Buffer.from([0x61, 0, 0x62]));
  expect(parseDisplayed("a\\\\x00b")).toEqual(Buffer.from("a\\x00b"));
});

test("half a surrogate pair names itself, never the replacement character", () => {
  expect(parseDisplayed("\ud800")).toEqual(Buffer.from([0xed, 0xa0, 0x80]));
  expect(parseDisplayed("\udfff")).toEqual(Buffer.from([0xed, 0xbf, 0xbf]));
  expect(namesBytes("\ud800", Buffer.from("\ufffd"))).toBe(false);
});

test("typing must be exact: case, edge spaces and the other Unicode form do not name a person", () => {
  const alice = Buffer.from("alice");
  for (const typed of ["Alice", " alice", "alice ", "alic", "alice\n", "\u0430lice", ""]) {
    expect(namesBytes(typed, alice), typed).toBe(false);
  }
  expect(namesBytes("e\u0301", Buffer.from("\u00e9"))).toBe(false);
  expect(namesBytes("alice", alice)).toBe(true);
});

test("UTF-8 is told from other bytes", () => {
  expect(isUtf8(Buffer.from("75°F"))).toBe(true);
  expect(isUtf8(Buffer.alloc(0))).toBe(true);
  expect(isUtf8(Buffer.from([0xff]))).toBe(false);
  expect(isUtf8(Buffer.from([0xed, 0xa0, 0x80]))).toBe(false);
  expect(isUtf8(Buffer.from([0xc0, 0xaf]))).toBe(false);
});
