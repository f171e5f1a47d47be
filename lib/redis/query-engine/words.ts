/**
 * Text that a person typed, as words for a query. What reaches FT.* is words only: an OR that begins with two
 * stop-words kills the server (SIGSEGV, Query Engine 2.10.5, measured), and a whole question is an AND that
 * nothing satisfies.
 */

/** The engine's default list; RediSearch documents it under "Stop-words". */
export const DEFAULT_STOP_WORDS: readonly string[] = (
  "a is the an and are as at be but by for if in into it no not of on or such that their then there these they " +
  "this to was will with"
).split(" ");

const MAX_WORDS = 24;
const MAX_WORD_CHARS = 64;

export interface QueryWords {
  /** Safe to stand in a query, each once, in the order typed. */
  words: string[];
  /** Left out because every text has them. */
  dropped: string[];
}

/**
 * @param stopWords the index's own list; its words are dropped besides the default ones, because the engine
 *   reads a stop-word beside a filter as "everything in the filter"
 */
export function queryWords(text: string, stopWords: readonly string[] = []): QueryWords {
  const stop = new Set([...DEFAULT_STOP_WORDS, ...stopWords.map((word) => word.toLowerCase())]);
  // Compared in lower case; the engine folds case by itself, better than JavaScript for some scripts.
  const words = new Map<string, string>();
  const dropped = new Set<string>();
  for (const part of text.normalize("NFC").split(/[\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]+/)) {
    for (const word of forms(part)) {
      const folded = word.toLowerCase();
      if (stop.has(folded)) dropped.add(folded);
      else if (words.size < MAX_WORDS && !words.has(folded)) words.set(folded, word);
    }
  }
  return { words: [...words.values()], dropped: [...dropped] };
}

/**
 * The engine separates at ASCII punctuation only: `don’t` with a curly quote is one word to it, and so is a word
 * beside a dash or an emoji. Both the whole and its parts are asked for; they are joined by OR.
 */
function forms(part: string): string[] {
  const parts = part.split(/[^\p{L}\p{N}\p{M}_]+/u);
  return (
    [part, ...parts]
      .map((word) => [...word].slice(0, MAX_WORD_CHARS).join(""))
      // A bare underscore is a syntax error to the engine.
      .filter((word) => /[^_]/.test(word))
  );
}
