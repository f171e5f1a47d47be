import fc from "fast-check";
import { expect, test } from "vitest";
import { wordDiff } from "./word-diff";

test("a changed word is told from those that stay", () => {
  expect(
    wordDiff("prefers morning appointments before 10 AM", "prefers evening appointments before 10 AM"),
  ).toEqual([
    { kind: "same", text: "prefers " },
    { kind: "old", text: "morning" },
    { kind: "new", text: "evening" },
    { kind: "same", text: " appointments before 10 AM" },
  ]);
  expect(wordDiff("", "all new")).toEqual([{ kind: "new", text: "all new" }]);
  expect(wordDiff("same", "same")).toEqual([{ kind: "same", text: "same" }]);
});

test("whatever the texts, both can be read off the parts", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom("a", "b ", "é", "\u202e", " ")).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = wordDiff(before, after);
      const joined = (kind: string) =>
        parts
          .filter((part) => part.kind === "same" || part.kind === kind)
          .map((part) => part.text)
          .join("");
      expect(joined("old")).toBe(before);
      expect(joined("new")).toBe(after);
    }),
    { numRuns: 200 },
  );
});

test("thousands of different words are shown whole instead of compared for seconds", () => {
  const before = "old ".repeat(4_000);
  const parts = wordDiff(before, "new ".repeat(4_000));
  expect(parts.map(({ kind }) => kind)).toEqual(["old", "new", "same"]);
});
