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

/**
 * Words that a question has, whatever it is about. As words of a search they bring memories in which somebody says
 * “I” or “how”, before the one that is meant (docs/decisions/0016). Where nothing else was typed they are looked for.
 */
export const QUESTION_WORDS: readonly string[] = (
  "what which who whom whose when where why how do does did i me my mine we our ours you your yours he him his " +
  "she her hers have has had can could should would might must from about"
).split(" ");

const MAX_WORDS = 24;
const MAX_WORD_CHARS = 64;

export interface QueryWords {
  /** Safe to stand in a query, each once, in the order typed. */
  words: string[];
  /** Left out because every text, or every question, has them. */
  dropped: string[];
}

const questionWords = new Set(QUESTION_WORDS);

/**
 * @param stopWords the index's own list; its words are dropped besides the default ones, because the engine
 *   reads a stop-word beside a filter as "everything in the filter"
 */
export function queryWords(text: string, stopWords: readonly string[] = []): QueryWords {
  const stop = new Set([...DEFAULT_STOP_WORDS, ...stopWords.map((word) => word.toLowerCase())]);
  // Compared in lower case; what the engine does not fold is asked for in each case, see caseVariants.
  const words = new Map<string, string>();
  const dropped = new Set<string>();
  for (const part of text.normalize("NFC").split(/[\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]+/)) {
    for (const word of forms(part)) {
      const folded = word.toLowerCase();
      if (stop.has(folded)) dropped.add(folded);
      else if (words.size < MAX_WORDS + QUESTION_WORDS.length && !words.has(folded)) words.set(folded, word);
    }
  }
  const telling = [...words].filter(([folded]) => !questionWords.has(folded));
  if (telling.length === 0) return { words: [...words.values()].slice(0, MAX_WORDS), dropped: [...dropped] };
  const asking = [...words.keys()].filter((folded) => questionWords.has(folded));
  return { words: telling.slice(0, MAX_WORDS).map(([, word]) => word), dropped: [...dropped, ...asking] };
}

/**
 * The engine folds the case of ASCII alone (measured): “mütter” and “MÜTTER” are two words to it, and so are собака and
 * Собака. As typed, in lower case, in upper case and with a capital; each that differs to the engine once.
 * @returns words of which none is a stop-word that the given one is not: all are the same in lower case
 */
export function caseVariants(word: string): string[] {
  const folded = word.toLowerCase();
  const [first = "", ...rest] = [...folded];
  const all = [word, folded, folded.toUpperCase(), first.toUpperCase() + rest.join("")];
  const known = new Map<string, string>();
  for (const one of all) {
    // “STRASSE” is another word than “straße”, and “AS” would be a stop-word.
    if (one.toLowerCase() !== folded) continue;
    const toEngine = one.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    if (!known.has(toEngine)) known.set(toEngine, one);
  }
  return [...known.values()];
}

/** Han, kana, Thai …: words of these scripts stand side by side without a space, and a sentence is one word to the engine. */
export function isUnspaced(word: string): boolean {
  return UNSPACED.test(word);
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Shorter beginnings are those of too many words. */
const BEGINNING_CHARS = 4;

/** May this word also stand for longer ones that begin with it? */
export function isBeginning(word: string): boolean {
  return [...word].length >= BEGINNING_CHARS && /^[\p{L}\p{N}\p{M}]+$/u.test(word);
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
