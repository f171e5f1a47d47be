import { expect, test } from "vitest";
import { DEFAULT_STOP_WORDS, queryWords } from "./words";

test.each([
  ["meetings", ["meetings"], []],
  ["What did the user say about nuts?", ["What", "did", "user", "say", "about", "nuts"], ["the"]],
  ["The the THE", [], ["the"]],
  ["dog DOG Dog", ["dog"], []],
  ["before 10 AM", ["before", "10", "AM"], []],
  ["don’t panic", ["don’t", "don", "t", "panic"], []],
  ["don't", ["don", "t"], []],
  ["snake_case _ __ _x", ["snake_case", "_x"], []],
  ["@user_id:{*} => [KNN 5 @embedding $vec]", ["user_id", "KNN", "5", "embedding", "vec"], []],
  ["~-|(a)*%x%\\\"'", ["x"], ["a"]],
  ["東京 🐶", ["東京", "🐶"], []],
  ["\0\u0001nul\u007f", ["nul"], []],
  ["", [], []],
])("%j", (text, words, dropped) => {
  expect(queryWords(text)).toEqual({ words, dropped });
});

test("drops the index's own stop-words too, and stays bounded", () => {
  expect(queryWords("Foo bar", ["foo"])).toEqual({ words: ["bar"], dropped: ["foo"] });
  const many = queryWords(Array.from({ length: 500 }, (_, at) => `w${at}`).join(" "));
  expect(many.words).toHaveLength(24);
  expect([...queryWords("😀".repeat(500)).words[0]!]).toHaveLength(64);
  expect(DEFAULT_STOP_WORDS).toHaveLength(33);
});
