/** How much of what was looked for each word match has: what its place among the word matches is worth. */
import { shareOf } from "../query-engine/matches";
import type { Store } from "../store/store";
import type { Candidate } from "./candidate";
import { readMissing } from "./contents";
import type { Asked } from "./prepare";
import type { SearchCommand } from "./types";

/** Sets `share` where both lists ran and it counts. Reads the texts of those that came without. */
export async function measureShares(
  store: Store,
  candidates: readonly Candidate[],
  {
    words,
    vector,
    matchShare,
    beginningWeight,
  }: Pick<Asked, "words" | "vector" | "matchShare" | "beginningWeight">,
): Promise<{ commands: SearchCommand[]; ms: number }> {
  if (!matchShare || !vector || words.length === 0) return { commands: [], ms: 0 };
  const matched = candidates.filter(({ textRank }) => textRank !== null);
  const read = await readMissing(store, matched);
  for (const candidate of matched) {
    const text = candidate.content?.toString("utf8") ?? "";
    // One word it has, or it would be no match; of a long text only the beginning is looked at here.
    candidate.share = Math.max(1 / words.length, shareOf(text, words, beginningWeight > 0));
  }
  return read;
}
