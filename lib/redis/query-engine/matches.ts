/** Which places of a text a word search means: the same words, or others of the same stem. */
import { stemOf } from "./stem";
import { isBeginning, isUnspaced } from "./words";

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

/**
 * @param words as {@link queryWords} gives them
 * @param beginnings do they also stand for longer words, as in a search with a weight for beginnings?
 */
export function matchesOf(text: string, words: readonly string[], beginnings = false): TextMatch[] {
  const find = finder(words, beginnings);
  const inside = words.filter(isUnspaced);
  return [...text.matchAll(TOKEN)].flatMap(({ 0: token, index }) =>
    find(token).length > 0
      ? [{ from: index, to: index + token.length }]
      : placesIn(token, inside).map(({ from, to }) => ({ from: index + from, to: index + to })),
  );
}

/** Where words of a script without spaces stand in what is one word to the engine. None reaches into another. */
function placesIn(token: string, words: readonly string[]): TextMatch[] {
  const folded = token.toLowerCase();
  // A letter whose lower case is longer would move all that follows.
  if (words.length === 0 || folded.length !== token.length) return [];
  const all: TextMatch[] = [];
  for (const word of words.map((one) => one.toLowerCase())) {
    for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + word.length)) {
      all.push({ from, to: from + word.length });
    }
  }
  const places: TextMatch[] = [];
  for (const place of all.sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (place.from >= (places.at(-1)?.to ?? 0)) places.push(place);
  }
  return places;
}

/** How much of what was looked for a text has: 1 for every one of the words, 0 for none. */
export function shareOf(text: string, words: readonly string[], beginnings = false): number {
  if (words.length === 0) return 0;
  const find = finder(words, beginnings);
  const inside = [...words.keys()].filter((at) => isUnspaced(words[at]!));
  const found = new Set<number>();
  for (const [token] of text.matchAll(TOKEN)) {
    for (const at of find(token)) found.add(at);
    for (const at of inside) if (token.toLowerCase().includes(words[at]!.toLowerCase())) found.add(at);
    if (found.size === words.length) break;
  }
  return found.size / words.length;
}

/** @returns which of the words, by their places, a token of a text is */
function finder(words: readonly string[], beginnings: boolean): (token: string) => number[] {
  const wanted = words.map((word) => {
    const folded = word.toLowerCase();
    return { folded, stem: stemOf(word), longer: beginnings && isBeginning(word) };
  });
  // A stem begins as its word does: most tokens need none.
  const first = new Set(wanted.map(({ folded }) => folded[0]));
  return (token) => {
    const folded = token.toLowerCase();
    if (!first.has(folded[0])) return [];
    const stem = stemOf(folded);
    return wanted.flatMap((word, at) =>
      word.stem === stem || (word.longer && folded.startsWith(word.folded)) ? [at] : [],
    );
  };
}
