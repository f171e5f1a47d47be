import fc from "fast-check";
import { expect, test } from "vitest";
import { seal, unseal } from "./sealed";

test("any text comes back, only at its place, and never looks the same twice", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.string(), (text, place) => {
      const sealed = seal(place, text);
      expect(unseal(place, sealed)).toBe(text);
      expect(unseal(`${place} of another`, sealed)).toBeNull();
      expect(seal(place, text)).not.toBe(sealed);
    }),
  );
});

test("nothing of the text is to be read in it", () => {
  const sealed = seal("undo", "the golden key");
  expect(sealed).toMatch(/^[\w-]+$/);
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("golden");
});

test("what was changed, or is no seal, does not open", () => {
  const bytes = Buffer.from(seal("undo", "the golden key"), "base64url");
  for (const at of [0, 13, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    expect(unseal("undo", changed.toString("base64url"))).toBeNull();
  }
  expect(["", "x", "not sealed at all, only long enough to be"].map((text) => unseal("undo", text))).toEqual(
    Array(3).fill(null),
  );
});
