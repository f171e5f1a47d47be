/** Word search without the Query Engine: BM25 over one person's memories, by MiniSearch, with the engine's words and stems. */
import MiniSearch from "minisearch";
import { tokensOf } from "../query-engine/matches";
import { stemOf } from "../query-engine/stem";
import { isBeginning } from "../query-engine/words";

/** No word that is asked for is longer; a token of a megabyte would take seconds to stem. */
const MAX_TOKEN_CHARS = 128;
const MAX_STEMS = 100_000;

export interface WordScores {
  /** `at` names the text again. */
  add(at: number, content: Buffer | null): void;
  /** Those with one of the words, best first. */
  ranked(): { at: number; score: number }[];
}

/**
 * @param words as queryWords gives them
 * @param beginningWeight what a longer word counts that begins with one of them; see RecallSettings
 */
export function wordScores(words: readonly string[], beginningWeight = 0): WordScores {
  const terms = new Set(words.map(stemOf));
  const beginnings = beginningWeight > 0 ? words.filter(isBeginning).map((word) => word.toLowerCase()) : [];
  const asPrefix = new Set(beginnings.map(stemOf));
  // Where a script writes no spaces, a text is one long word, and what is looked for stands inside of it.
  const inside = words
    .filter((word) => /[^\p{Script=Latin}\p{N}_]/u.test(word))
    .map((word) => word.toLowerCase());
  const stems = new Map<string, string | null>();
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ["text"],
    tokenize: (text) => {
      const tokens = tokensOf(text);
      const known = new Set(tokens.map((token) => token.toLowerCase()));
      const folded = inside.length > 0 ? text.toLowerCase() : "";
      return [...tokens, ...inside.filter((word) => !known.has(word) && folded.includes(word))];
    },
    // Words that nobody asks for count for a text's length and are not kept.
    processTerm: (token) => {
      if (token.length > MAX_TOKEN_CHARS) return null;
      // A text of a megabyte repeats its words.
      const known = stems.get(token);
      if (known !== undefined) return known;
      const stem = stemOf(token);
      const folded = token.toLowerCase();
      const longer = beginnings.some((word) => folded.startsWith(word)) ? folded : null;
      const term = terms.has(stem) ? stem : longer;
      if (stems.size < MAX_STEMS) stems.set(token, term);
      return term;
    },
  });
  return {
    add: (id, content) => {
      if (terms.size > 0 && content) index.add({ id, text: content.toString("utf8") });
    },
    ranked: () =>
      terms.size === 0
        ? []
        : index
            .search(words.join(" "), {
              prefix: (term) => asPrefix.has(term),
              weights: { prefix: beginningWeight, fuzzy: 0 },
            })
            .map(({ id, score }) => ({ at: id as number, score })),
  };
}
