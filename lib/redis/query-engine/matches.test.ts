import { expect, test } from "vitest";
import { matchesOf, shareOf } from "./matches";

const TEXT = "Prefers appointments before 10 AM; don’t book Mondays";

function marked(words: string[], beginnings = false) {
  return matchesOf(TEXT, words, beginnings).map(({ from, to }) => TEXT.slice(from, to));
}

test("the same words, and those of the same stem", () => {
  expect(marked(["appointment", "monday", "BOOKING", "10"])).toEqual([
    "appointments",
    "10",
    "book",
    "Mondays",
  ]);
  expect(marked(["appo"])).toEqual([]);
  expect(marked([])).toEqual([]);
});

test("longer words too, where beginnings count and there are four letters of them", () => {
  expect(marked(["appo"], true)).toEqual(["appointments"]);
  expect(marked(["app"], true)).toEqual([]);
});

test("inside of a sentence where a script writes no spaces", () => {
  const text = "我喜欢日本茶和咖啡, tea";
  const parts = (words: string[]) => matchesOf(text, words).map(({ from, to }) => text.slice(from, to));
  expect(parts(["咖啡", "日本茶", "日本"])).toEqual(["日本茶", "咖啡"]);
  expect(parts(["te"])).toEqual([]);
  expect(shareOf(text, ["咖啡", "牛奶"])).toBe(0.5);
});

test("the share of what was looked for", () => {
  expect(shareOf(TEXT, ["appointment", "monday"])).toBe(1);
  expect(shareOf(TEXT, ["appointment", "tuesday"])).toBe(0.5);
  expect(shareOf(TEXT, ["appo", "tuesday"])).toBe(0);
  expect(shareOf(TEXT, ["appo", "tuesday"], true)).toBe(0.5);
  expect(shareOf(TEXT, [])).toBe(0);
  expect(shareOf("", ["a"])).toBe(0);
});
