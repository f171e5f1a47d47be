/**
 * Making what is shown fit for those who may not see personal data. It happens on the server, in the guard: the
 * bytes do not reach the browser (docs/decisions/0008-masking-on-the-server.md).
 *
 * Structure stays readable, and nothing else: how many words and lines there are and how they are punctuated.
 * Lengths of words, digits and names are hidden.
 */
import { createHmac, hkdfSync } from "node:crypto";
import { displayBytes } from "./bytes";
import { env } from "./env";
import { keyGrammar, memoryKey, parseKey, rateLimitKey, sessionKey } from "./redis/keys";
import { openRef, sealRef } from "./refs";
import { pseudonymOf, subjectOf } from "./subjects";

/** What stands for any word and any number, whatever its length. */
export const MASK = "•••";

/** What features' masks ask: who is hidden from the one who asks. */
export interface Masker {
  /** Is the data of the person with this reference hidden? */
  hides(userRef: string): boolean;
  /** The person's name for the one who asks: the id as shown, or a pseudonym. */
  label(userRef: string): string;
}

/** @param isRevealed which subjects this operator may see now */
export function createMasker(isRevealed: (subject: string) => boolean): Masker {
  return {
    hides: (userRef) => !isRevealed(subjectOf(openRef("user", userRef))),
    label: (userRef) => {
      const userId = openRef("user", userRef);
      const subject = subjectOf(userId);
      return isRevealed(subject) ? displayBytes(userId) : pseudonymOf(subject);
    },
  };
}

/**
 * A text with every word and number hidden: `Call Ann, 555-1234!` → `••• •••, •••-•••!`. A run of white space becomes
 * one space, or one line end; punctuation outside of ASCII, symbols and control characters are hidden too.
 */
export function maskText(text: string): string {
  return text.replace(/\s+|[^\s.,;:!?()'"/-]+|[.,;:!?()'"/-]/g, (run) => {
    if (/^\s/.test(run)) return run.includes("\n") ? "\n" : " ";
    return /^[.,;:!?()'"/-]$/.test(run) ? run : MASK;
  });
}

let key: Buffer | undefined;

function maskingKey(): Buffer {
  key ??= Buffer.from(hkdfSync("sha256", env().CONSOLE_SECRET, "", "memory-console/masking/v1", 32));
  return key;
}

/**
 * 64 hexadecimal digits that stand for something hidden: the same for the same parts. Without CONSOLE_SECRET
 * nobody finds out by trying what it stands for, as one could with a plain digest.
 */
export function standIn(...parts: (string | Uint8Array)[]): string {
  const hmac = createHmac("sha256", maskingKey());
  for (const part of parts) {
    const bytes = Buffer.from(part);
    hmac.update(`${bytes.length}:`).update(bytes);
  }
  return hmac.digest("hex");
}

/** `hidden-7k2m9q`: a name for people to tell hidden things apart. */
function hiddenName(...parts: (string | Uint8Array)[]): string {
  const letters = pseudonymOf(Buffer.from(standIn(...parts), "hex").toString("base64url"));
  return letters.replace(/^person-/, "hidden-");
}

/** Longer names are more than a label: an address, a token, a sentence. */
const PLAIN_NAME = /^[A-Za-z0-9_.-]{1,24}$/;
/** Telephone and customer numbers. */
const LONG_NUMBER = /\d{7}/;

/**
 * The name of a session, a category, a number, a field: itself while it is a plain word (`s1`, `main`, `pref`), and
 * a stand-in (`hidden-7k2m9q`) when it has anything of the person's id in it or looks as if it named somebody.
 *
 * @param name display text
 * @param owner the person's id
 */
export function maskName(name: string, owner: Uint8Array | null): string {
  if (name === "") return "";
  const plain = PLAIN_NAME.test(name) && !LONG_NUMBER.test(name);
  return plain && !(owner && speaksOf(name, owner)) ? name : hiddenName("name", owner ?? "", name);
}

/** Does the name hold the id, or a word of it that says something? */
function speaksOf(name: string, owner: Uint8Array): boolean {
  const id = displayBytes(owner).toLowerCase();
  const words = id.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 3);
  return [id, ...words].some((part) => name.toLowerCase().includes(part));
}

/**
 * A key's name with what is hidden of it replaced: `user:alice:history:s1` → `user:person-7k2m9q:history:s1`.
 * Of a key that the grammar does not take apart nothing but the prefix is certain to be nobody's name.
 */
export function maskKeyName(key: Uint8Array, masker: Masker): string {
  const bytes = Buffer.from(key);
  const parsed = parseKey(bytes);
  if (!parsed) {
    const { prefix } = keyGrammar();
    const ours = bytes.subarray(0, Buffer.byteLength(prefix)).equals(Buffer.from(prefix));
    return `${ours ? prefix : ""}${hiddenName("key", bytes)}`;
  }
  const userRef = sealRef("user", parsed.userId);
  if (!masker.hides(userRef)) return displayBytes(bytes);
  const who = Buffer.from(masker.label(userRef));
  const part = (name: Buffer) => Buffer.from(maskName(displayBytes(name), parsed.userId));
  switch (parsed.class) {
    case "sessions":
      return displayBytes(sessionKey(who, part(parsed.sessionId)));
    case "rate-limits":
      return displayBytes(rateLimitKey(who));
    case "memories":
      return displayBytes(memoryKey(who, part(parsed.category), part(parsed.number)));
  }
}

const LIKELY_FROM_MS = Date.UTC(2000, 0, 1);
const LIKELY_UNTIL_MS = Date.UTC(2100, 0, 1);

/** A date, to the second. A number outside of these years is none, and may be somebody's telephone: null. */
export function maskTime(ms: number | null): number | null {
  if (ms === null || ms < LIKELY_FROM_MS || ms >= LIKELY_UNTIL_MS) return null;
  return Math.floor(ms / 1_000) * 1_000;
}

/**
 * Bytes rounded up to 1, 2 or 5 times a power of ten, from 1,000 on: how large something is, and not how long the
 * text in it. Watching an exact size would tell the length of every message that comes.
 */
export function roughBytes(bytes: number): number {
  if (bytes <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(Math.max(bytes, 1_000)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= bytes) ?? bytes;
}
