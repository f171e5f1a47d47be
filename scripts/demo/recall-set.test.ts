import { expect, test } from "vitest";
import { readRecallSet } from "./recall-set";

test("a hundred memories and their questions, of each of six people, in halves", () => {
  const people = readRecallSet();
  expect(people).toHaveLength(6);
  for (const { name, memories, questions } of people) {
    expect(memories, name).toHaveLength(100);
    expect(new Set(memories.map(({ content }) => content)).size, name).toBe(100);
    expect(new Set(questions.map(({ query }) => query)).size, name).toBe(questions.length);
    expect(questions.length, name).toBeGreaterThan(70);
  }
  const questions = people.flatMap((person) => person.questions);
  expect(questions.length).toBeGreaterThan(400);
  const kinds = new Set(questions.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(
    ["code", "dialogue", "long", "paraphrase", "partial", "typo", "vague", "word"].sort(),
  );
  const held = questions.filter(({ half }) => half === "held out").length / questions.length;
  expect(held).toBeGreaterThan(0.45);
  expect(held).toBeLessThan(0.55);
});
