/** Which places of a text a word search means: the same words, or others of the same stem. */
import { stemOf } from "./stem";

/** Half-open, in UTF-16 units of the text. */
export interface TextMatch {
  from: number;
  to: number;
}

/** A word of a text as the engine cuts it: at ASCII punctuation but `_`, white space and control bytes. */
const TOKEN = /[^\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]+/g;

/** The words of a text, as written. */
export function tokensOf(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** @param words as {@link queryWords} gives them */
export function matchesOf(text: string, words: readonly string[]): TextMatch[] {
  const terms = new Set(words.map(stemOf));
  if (terms.size === 0) return [];
  return [...text.matchAll(TOKEN)].flatMap(({ 0: token, index }) =>
    terms.has(stemOf(token)) ? [{ from: index, to: index + token.length }] : [],
  );
}
