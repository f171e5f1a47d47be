/** Where each memory of one ranked list stands in another. */
import type { SearchHit } from "@/lib/redis/recall/types";

export interface Movement {
  /** Names the memory. */
  key: string;
  /** Places in the two lists, from 1; null where it is not in it. */
  from: number | null;
  to: number | null;
}

export function hitKey({ userRef, memoryRef }: Pick<SearchHit, "userRef" | "memoryRef">): string {
  return `${userRef} ${memoryRef}`;
}

/** Every memory of either list once: those of the first in its order, then what is new in the second. */
export function movementsOf(first: readonly SearchHit[], second: readonly SearchHit[]): Movement[] {
  const places = new Map(second.map((hit, at) => [hitKey(hit), at + 1]));
  const known = new Set(first.map(hitKey));
  return [
    ...first.map((hit, at) => ({ key: hitKey(hit), from: at + 1, to: places.get(hitKey(hit)) ?? null })),
    ...second.flatMap((hit, at) =>
      known.has(hitKey(hit)) ? [] : [{ key: hitKey(hit), from: null, to: at + 1 }],
    ),
  ];
}

export type Change = "same" | "up" | "down" | "new" | "gone";

export function changeOf({ from, to }: Movement): Change {
  if (from === null) return "new";
  if (to === null) return "gone";
  if (from === to) return "same";
  return to < from ? "up" : "down";
}

/** In words: "up 2", "new". */
export function changeWords(movement: Movement): string {
  const change = changeOf(movement);
  if (change !== "up" && change !== "down") return change;
  return `${change} ${Math.abs((movement.to ?? 0) - (movement.from ?? 0))}`;
}

/** "2 moved up, 1 new, 1 gone", or that nothing moved. */
export function movementSummary(movements: readonly Movement[]): string {
  const count = (change: Change) => movements.filter((movement) => changeOf(movement) === change).length;
  const parts = [
    [count("up"), "moved up"],
    [count("down"), "moved down"],
    [count("new"), "new"],
    [count("gone"), "gone"],
  ] as const;
  const told = parts.filter(([many]) => many > 0).map(([many, word]) => `${many} ${word}`);
  return told.length === 0 ? "the same memories in the same order" : told.join(", ");
}
