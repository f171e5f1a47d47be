import { expect, test } from "vitest";
import { secondsProblem, timeProblem } from "./life-rules";

const NOW = Date.UTC(2026, 0, 1);
const YEAR_MS = 31_536_000_000;

test.each([
  [Number.NaN, "Type a whole number."],
  [1, ""],
  [315_360_000, ""],
  [315_360_001, "Ten years is the longest."],
])("a life of %s seconds", (seconds, problem) => {
  expect(secondsProblem(seconds)).toBe(problem);
});

test.each<[string, number, RegExp]>([
  ["no time", Number.NaN, /^Choose a day and a time\.$/],
  ["yesterday", NOW - 86_400_000, /^Choose a time to come\./],
  ["now", NOW, /^Choose a time to come\./],
  ["in a minute", NOW + 60_000, /^$/],
  ["in ten years", NOW + 10 * YEAR_MS, /^$/],
  ["in eleven years", NOW + 11 * YEAR_MS, /^Ten years from now is the latest\.$/],
  ["in the year 9999", Date.UTC(9999, 0, 1), /^Ten years from now is the latest\.$/],
])("an end at %s", (_, atMs, problem) => {
  expect(timeProblem(atMs, NOW)).toMatch(problem);
});
