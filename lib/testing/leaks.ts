/** Finding words and texts that must not have got somewhere, in whatever spelling they may have gone there. */
import { createHash } from "node:crypto";

/** Shorter pieces of base64 stand in any long text by chance. */
const BASE64_MIN = 6;

/** The word as text, as hexadecimal digits and within base64; lower case, as is what is searched for them. */
export function spellingsOf(word: string): string[] {
  const hex = [word, word.toLowerCase(), word.toUpperCase()].map((text) => Buffer.from(text).toString("hex"));
  return [...new Set([word.toLowerCase(), ...hex, ...base64Of(word)])];
}

/** Three ways to stand in a longer base64 text; the digits that share bits with the neighbours are left out. */
function base64Of(word: string): string[] {
  const bytes = Buffer.from(word);
  return [0, 1, 2]
    .map((before) => {
      const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
      return digits.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    })
    .filter((digits) => digits.length >= BASE64_MIN)
    .flatMap((digits) => [digits, digits.replaceAll("+", "-").replaceAll("/", "_")])
    .map((digits) => digits.toLowerCase());
}

/** Plain digests of a text: whoever guesses it sees by them that the guess is right. */
export function digestsOf(text: string): string[] {
  return ["sha1", "sha256"].flatMap((kind) =>
    (["hex", "base64", "base64url"] as const).map((encoding) =>
      createHash(kind).update(text).digest(encoding).replace(/=+$/, "").toLowerCase(),
    ),
  );
}
