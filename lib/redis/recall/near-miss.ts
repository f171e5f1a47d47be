/** Words that people take for the same and a word search does not: what an explanation tells of a memory it passed over. */
import { tokensOf } from "../query-engine/matches";
import type { NearMiss } from "./why-types";

/** A text of a megabyte is not read to its end for it. */
const TOKENS_LOOKED = 5_000;
const TOKEN_CHARS = 64;

/** @param words as queryWords gives them; none of them is one of the text's */
export function nearMiss(content: string, words: readonly string[]): NearMiss | undefined {
  const tokens = tokensOf(content).slice(0, TOKENS_LOOKED);
  const asked = words.map((word) => ({ word, folded: word.toLowerCase(), plain: plainOf(word) }));
  for (const token of tokens) {
    const plain = plainOf(token);
    const same = asked.find((one) => one.plain === plain);
    if (same) return { word: same.word, token: cut(token), how: "marks" };
  }
  for (const token of tokens) {
    const folded = token.toLowerCase();
    // One letter of a script with spaces stands inside of everything.
    const within = asked.find(
      (one) =>
        (one.folded.length > 1 || /[^\p{Script=Latin}\p{N}]/u.test(one.word)) && folded.includes(one.folded),
    );
    if (within) return { word: within.word, token: cut(token), how: "inside" };
  }
  return undefined;
}

function cut(token: string): string {
  const chars = [...token];
  return chars.length > TOKEN_CHARS ? `${chars.slice(0, TOKEN_CHARS).join("")}…` : token;
}

/** Without case, accents and the like. */
function plainOf(word: string): string {
  return word
    .slice(0, 256)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
}
