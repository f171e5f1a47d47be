import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { digestsOf, spellingsOf } from "./leaks";

const isIn = (sent: string) => spellingsOf("Quokkafarn").some((trace) => sent.toLowerCase().includes(trace));

test("a word is found as text, hexadecimal digits and base64, wherever it stands", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (before, after) => {
      const bytes = Buffer.concat([before, Buffer.from("Quokkafarn"), after]);
      for (const encoding of ["latin1", "hex", "base64", "base64url"] as const) {
        expect(isIn(bytes.toString(encoding)), encoding).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
  expect(isIn("QUOKKAFARN")).toBe(true);
  expect(isIn("a quokka on a farm")).toBe(false);
});

test("a digest of a text is found, and of another one not", () => {
  const digest = (text: string) => createHash("sha256").update(text).digest("base64url").toLowerCase();
  expect(digestsOf("alice")).toContain(digest("alice"));
  expect(digestsOf("alice")).not.toContain(digest("bob"));
});
