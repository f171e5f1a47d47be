import { expect, test } from "vitest";
import { readAs, speakerWord } from "./message-words";

test.each([
  ["tool", "tool", "A message of type tool"],
  ["", "blank type", "A message whose type is blank"],
  [" \n", "blank type", "A message whose type is blank"],
  ["a\u202eb", "a⟦U+202E⟧b", "A message of type a⟦U+202E⟧b"],
  [undefined, "other", "A message of type other"],
])("a speaker of type %j has a word that is seen", (type, word, sentence) => {
  const message = { kind: "other", ...(type === undefined ? {} : { type }) } as const;
  expect(speakerWord(message)).toBe(word);
  expect(readAs(message)).toBe(sentence);
});

test("a type that is no text is called that", () => {
  expect(readAs({ kind: "raw", rawReason: "type-not-text" })).toMatch(/^The “type” is not a text/);
});
