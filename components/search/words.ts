import type { SearchResult } from "@/lib/redis/recall/types";

/** What the list is sorted by. */
export function orderWords({ ran, vectorSource, settings }: SearchResult): string {
  const boosts = [
    ...(settings.recencyWeight > 0 ? ["recency"] : []),
    ...(settings.importanceWeight > 0 ? ["importance"] : []),
  ];
  const added = boosts.length > 0 ? `, with ${boosts.join(" and ")} added` : "";
  return `${order({ ran, vectorSource })}${added}`;
}

function order({ ran, vectorSource }: Pick<SearchResult, "ran" | "vectorSource">): string {
  const meaning = vectorSource === "pasted" ? "the pasted vector" : "meaning";
  if (ran.vector && ran.text) return `words and ${meaning}, their ranks joined, best first`;
  return ran.text ? "by words, best match first" : `by distance to ${meaning}, nearest first`;
}

export function countWords(memories: number): string {
  return memories === 1 ? "1 memory" : `${memories} memories`;
}
