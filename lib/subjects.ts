/**
 * Who something is about, without saying it: a keyed hash of a person's id under a key of its own. The audit log,
 * the state of erasures and the pages of those who may not see ids use it.
 */
import { createHmac, hkdfSync } from "node:crypto";
import { env } from "./env";

let key: Buffer | undefined;

function subjectKey(): Buffer {
  key ??= Buffer.from(hkdfSync("sha256", env().CONSOLE_SECRET, "", "memory-console/subjects/v1", 32));
  return key;
}

/** The same person always has the same subject; nobody without CONSOLE_SECRET can tell whose it is by trying ids. */
export function subjectOf(userId: Uint8Array): string {
  return createHmac("sha256", subjectKey()).update("subject\0").update(userId).digest("base64url");
}

/** Letters that are not mistaken for each other when read aloud. */
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

/** A short name for a subject, for people to tell one from another: `person-7k2m9q`. Not unique beyond doubt. */
export function pseudonymOf(subject: string): string {
  const bytes = Buffer.from(subject, "base64url").subarray(0, 6);
  return `person-${[...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join("")}`;
}
