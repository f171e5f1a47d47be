import { expect, test } from "vitest";
import { movedWords } from "./use-moved";

test("a number that moved is named, before and now", () => {
  expect(movedWords(1_200, 1_200)).toBeNull();
  expect(movedWords(1_200, 1_201)).toBe(
    "It was 1,200 when this was opened: memories came meanwhile, and now it is 1,201.",
  );
  expect(movedWords(21, 20)).toContain("memories went meanwhile, and now it is 20.");
});
