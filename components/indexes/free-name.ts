import type { IndexesState } from "@/lib/redis/indexes/types";

/** The name, or the name with the first number behind it that no index and no known alias has. */
export function freeName({ indexes }: IndexesState, name: string): string {
  const taken = new Set(indexes.flatMap((index) => [index.name, ...index.uses.aliases]));
  const stem = name.replace(/:\d+$/, "");
  for (let number = 1; ; number += 1) {
    const next = number === 1 ? stem : `${stem}:${number}`;
    if (!taken.has(next)) return next;
  }
}
