import { expect, test } from "vitest";
import { wordScores } from "./word-scores";

function ranks(words: string[], texts: string[]) {
  const scores = wordScores(words);
  for (const [at, text] of texts.entries()) scores.add(at, Buffer.from(text));
  return scores.ranked().map(({ at }) => at);
}

test("the rarer word and the shorter text come first, and stems match", () => {
  const texts = ["walks the dog", "walking in the rain with a dog and a friend", "a cat", "dogs"];
  expect(ranks(["dog"], texts)).toEqual([3, 0, 1]);
  expect(ranks(["rain", "dog"], texts)[0]).toBe(1);
  expect(ranks(["walked"], texts)).toEqual([0, 1]);
});

test("words as the engine cuts them, and inside a script without spaces", () => {
  expect(ranks(["don’t"], ["don’t panic", "don't panic"])).toEqual([0]);
  expect(ranks(["x_y"], ["x_y", "x y"])).toEqual([0]);
  expect(ranks(["会議"], ["朝の会議が好き", "コーヒー"])).toEqual([0]);
});

test("beginnings of words, where they count", () => {
  const texts = ["dreams of mountains", "the mount", "a month"];
  expect(ranks(["mount"], texts)).toEqual([1]);
  const scores = wordScores(["mount"], 0.3);
  for (const [at, text] of texts.entries()) scores.add(at, Buffer.from(text));
  const [first, second] = scores.ranked();
  expect([first?.at, second?.at]).toEqual([1, 0]);
  expect(second!.score).toBeLessThan(first!.score * 0.5);
  expect(scores.ranked()).toHaveLength(2);
});

test("nothing asked or nothing there finds nothing", () => {
  expect(ranks([], ["a dog"])).toEqual([]);
  expect(ranks(["zebra"], ["a dog"])).toEqual([]);
  const scores = wordScores(["dog"]);
  scores.add(0, null);
  expect(scores.ranked()).toEqual([]);
  expect(ranks(["__proto__", "constructor"], ["__proto__", "constructor", "x"]).sort()).toEqual([0, 1]);
});
