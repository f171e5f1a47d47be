import { expect, test } from "vitest";
import { caseVariants, DEFAULT_STOP_WORDS, isBeginning, QUESTION_WORDS, queryWords } from "./words";

test.each([
  ["meetings", ["meetings"], []],
  ["What did the user say about nuts?", ["user", "say", "nuts"], ["the", "what", "did", "about"]],
  ["Who would I?", ["Who", "would", "I"], []],
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
  expect(queryWords(`${QUESTION_WORDS.join(" ")} ${many.words.join(" ")}`).words).toEqual(many.words);
  expect([...queryWords("😀".repeat(500)).words[0]!]).toHaveLength(64);
  expect(DEFAULT_STOP_WORDS).toHaveLength(33);
});

test.each([
  ["meetings", ["meetings"]],
  ["MeeTings", ["MeeTings"]],
  ["snake_case2", ["snake_case2"]],
  ["mütter", ["mütter", "MÜTTER"]],
  ["École", ["École", "école"]],
  ["собака", ["собака", "СОБАКА", "Собака"]],
  ["İstanbul", ["İstanbul", "i̇stanbul"]],
  ["straße", ["straße"]],
  ["aſ", ["aſ"]],
  ["ﬁ", ["ﬁ"]],
  ["οδός", ["οδός", "ΟΔΌΣ", "Οδός"]],
  ["咖啡", ["咖啡"]],
  ["", [""]],
])("the cases of %s", (word, variants) => {
  expect(caseVariants(word)).toEqual(variants);
});

test.each([
  ["cardi", true],
  ["Fonse", true],
  ["2580", true],
  ["Żywie", true],
  ["air", false],
  ["don’t", false],
  ["snake_case", false],
  ["🐶🐶🐶🐶", false],
])("a longer word may begin with %s: %s", (word, expected) => {
  expect(isBeginning(word)).toBe(expected);
});
