/**
 * English word stems as the Query Engine makes them: Snowball's English stemmer, the engine's own algorithm (stem.test.ts
 * compares the two by FT.EXPLAIN). An index created with another LANGUAGE stems otherwise.
 */
import snowball from "snowball-stemmers";

const english = snowball.newStemmer("english");

/** A stem takes 0.03 ms, and a search asks for hundreds: of the same words mostly. */
const known = new Map<string, string>();
const KNOWN_WORDS = 20_000;
const KNOWN_CHARS = 32;

/** Of one word, in lower case. */
export function stemOf(word: string): string {
  const folded = word.toLowerCase();
  const stem = known.get(folded);
  if (stem !== undefined) return stem;
  const made = english.stem(folded);
  if (folded.length <= KNOWN_CHARS) {
    // Forgotten all at once: what is asked for is soon known again.
    if (known.size >= KNOWN_WORDS) known.clear();
    known.set(folded, made);
  }
  return made;
}
