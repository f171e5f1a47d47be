import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SafeError } from "./errors";
import { openRef, type RefKind, sealRef } from "./refs";
import { BAD_IDS } from "./testing/bad-ids";

const KINDS: RefKind[] = ["user", "session", "memory", "key"];
const anyBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));

function refusal(kind: RefKind, ref: string): string {
  try {
    openRef(kind, ref);
  } catch (error) {
    if (error instanceof SafeError) return error.code;
    throw error;
  }
  return "opened";
}

describe.each(BAD_IDS)("%s", (_what, id) => {
  test("comes back byte for byte, and only for its kind", () => {
    for (const kind of KINDS) {
      const ref = sealRef(kind, id);
      expect(ref).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(openRef(kind, ref).equals(id)).toBe(true);
      expect(sealRef(kind, id)).toBe(ref);
      for (const other of KINDS) if (other !== kind) expect(refusal(other, ref)).toBe("not_found");
    }
  });
});

test("an id is not readable in its reference", () => {
  for (const [, id] of BAD_IDS.filter(([, { length }]) => length >= 4)) {
    const ref = sealRef("user", id);
    expect(ref).not.toContain(id.toString("base64url").slice(0, 6));
    expect(Buffer.from(ref, "base64url").includes(id.subarray(0, 4))).toBe(false);
  }
});

test("any bytes come back; different bytes have different references", () => {
  fc.assert(
    fc.property(anyBytes, anyBytes, (a, b) => {
      expect(openRef("user", sealRef("user", a)).equals(a)).toBe(true);
      expect(sealRef("user", a) === sealRef("user", b)).toBe(a.equals(b));
    }),
  );
});

test("a reference that was changed, cut or made up does not open", () => {
  fc.assert(
    fc.property(anyBytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, flip) => {
      const sealed = Buffer.from(sealRef("user", bytes), "base64url");
      sealed[at % sealed.length]! ^= flip;
      expect(refusal("user", sealed.toString("base64url"))).toBe("not_found");
      expect(refusal("user", sealed.subarray(1).toString("base64url"))).toBe("not_found");
    }),
  );
  for (const made of ["", "alice", "..", "%2e%2e", "A".repeat(22), "A".repeat(100_000), "\u0000", "ß"]) {
    expect(refusal("user", made), made.slice(0, 20)).toBe("not_found");
  }
});

test("one thing has one address: another spelling of the same reference does not open", () => {
  const ref = sealRef("user", Buffer.from("alice"));
  for (const spelling of [
    `${ref}=`,
    `${ref}!`,
    ` ${ref}`,
    `${ref}\n`,
    `${ref.slice(0, 4)} ${ref.slice(4)}`,
  ]) {
    expect(refusal("user", spelling), JSON.stringify(spelling)).toBe("not_found");
  }
  const plain = Buffer.from(ref, "base64url").toString("base64");
  expect(plain === ref ? "not_found" : refusal("user", plain)).toBe("not_found");
});
