import { expect, test } from "vitest";
import type { SearchHit } from "@/lib/redis/recall/types";
import { changeOf, changeWords, movementSummary, movementsOf } from "./movements";

const list = (names: string) => [...names].map((name) => ({ userRef: "u", memoryRef: name }) as SearchHit);

test("up, down, new, gone and the same", () => {
  const movements = movementsOf(list("abcd"), list("acbe"));
  expect(movements.map((movement) => [movement.key.slice(2), changeWords(movement)])).toEqual([
    ["a", "same"],
    ["b", "down 1"],
    ["c", "up 1"],
    ["d", "gone"],
    ["e", "new"],
  ]);
  expect(movements.map(changeOf)).toEqual(["same", "down", "up", "gone", "new"]);
  expect(movementSummary(movements)).toBe("1 moved up, 1 moved down, 1 new, 1 gone");
});

test("equal and empty lists", () => {
  expect(movementSummary(movementsOf(list("ab"), list("ab")))).toBe("the same memories in the same order");
  expect(movementsOf([], [])).toEqual([]);
  expect(movementSummary(movementsOf([], list("ab")))).toBe("2 new");
});
