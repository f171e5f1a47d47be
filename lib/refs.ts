/**
 * Opaque references: an address must not carry a person's id, and must be the same tomorrow so that links
 * keep working. AES-SIV (RFC 5297) is deterministic and authenticated: a reference that was tampered with,
 * or made for another kind of thing, does not open.
 */
import { hkdfSync } from "node:crypto";
import { aessiv } from "@noble/ciphers/aes.js";
import { env } from "./env";
import { SafeError } from "./errors";

/**
 * `cursor` is a place in an order: it holds a value that masked lists show rounded. `state` is what a list was: it holds
 * plain digests, and whoever guesses a short message sees by its digest that the guess is right.
 */
export type RefKind = "user" | "session" | "memory" | "key" | "cursor" | "state";

let key: Uint8Array | undefined;

function refKey(): Uint8Array {
  key ??= new Uint8Array(hkdfSync("sha256", env().CONSOLE_SECRET, "", "memory-console/refs/v1", 64));
  return key;
}

/** Sealing takes a third of a millisecond, and a page of a list names the same fifty things at every look. */
const MOST_KEPT = 20_000;
const kept = new Map<string, string>();

/** Bytes → a URL-safe reference. The same bytes and kind always give the same reference. */
export function sealRef(kind: RefKind, bytes: Uint8Array): string {
  const name = `${kind} ${Buffer.from(bytes).toString("latin1")}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const sealed = aessiv(refKey(), Buffer.from(kind)).encrypt(new Uint8Array(bytes));
  const ref = Buffer.from(sealed).toString("base64url");
  // A Map keeps the order in which things came: the oldest goes.
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string);
  kept.set(name, ref);
  return ref;
}

/**
 * A reference → its bytes.
 * @throws SafeError `not_found` when it was not made by this console for this kind of thing.
 */
export function openRef(kind: RefKind, ref: string): Buffer {
  try {
    const sealed = new Uint8Array(Buffer.from(ref, "base64url"));
    // Node's decoder skips what is no base64url: one thing would have many addresses.
    if (Buffer.from(sealed).toString("base64url") !== ref) throw new TypeError("not canonical");
    return Buffer.from(aessiv(refKey(), Buffer.from(kind)).decrypt(sealed));
  } catch {
    throw new SafeError("not_found", "This link does not name anything in this console.", {
      hint: "It may have been cut, or made by a console with another secret. Look the person up by id.",
    });
  }
}
