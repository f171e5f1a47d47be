import { expect, test } from "vitest";
import { readImportance } from "@/lib/redis/memories/fields";
import { changesImportance, changesText, draftOf, rebased } from "./draft";

const memory = (editableContent: string | null, importance: string | null) => ({
  editableContent,
  importance: readImportance(importance === null ? null : Buffer.from(importance)),
});
const base = memory("likes tea", "5");

test("a draft begins as the memory is", () => {
  expect(draftOf(base)).toEqual({ content: "likes tea", importance: 5, replacing: false });
  expect(draftOf(memory(null, "99"))).toEqual({ content: "", importance: 10, replacing: false });
  expect(changesText(base, draftOf(base))).toBe(false);
  expect(changesText(memory(null, "5"), draftOf(memory(null, "5")))).toBe(false);
  expect(changesImportance(base, draftOf(base))).toBe(false);
  expect(changesImportance(memory("x", "high"), draftOf(memory("x", "high")))).toBe(true);
});

test.each([
  ["what was typed stays", { content: "mine" }, memory("theirs", "5"), { content: "mine", importance: 5 }],
  ["what was chosen stays", { importance: 8 }, memory("theirs", "2"), { content: "theirs", importance: 8 }],
  ["what was left is theirs", {}, memory("theirs", "2"), { content: "theirs", importance: 2 }],
  ["both", { content: "mine", importance: 8 }, memory("theirs", "2"), { content: "mine", importance: 8 }],
])("on top of another's change, %s", (_, typed, onto, draft) => {
  const next = rebased({ ...draftOf(base), ...typed }, base, onto);
  expect(next).toEqual({ replacing: false, ...draft });
  expect(changesText(onto, next)).toBe("content" in typed);
  expect(changesImportance(onto, next)).toBe("importance" in typed);
});

test("what was typed takes the place of a text that cannot be edited", () => {
  const onto = memory(null, "5");
  const next = rebased({ ...draftOf(base), content: "mine" }, base, onto);
  expect(next).toEqual({ content: "mine", importance: 5, replacing: true });
  expect(changesText(onto, next)).toBe(true);
  expect(rebased(draftOf(base), base, onto)).toEqual(draftOf(onto));
});

test("what both wrote alike is no change any more", () => {
  const onto = memory("the same", "5");
  const next = rebased({ ...draftOf(base), content: "the same" }, base, onto);
  expect(changesText(onto, next)).toBe(false);
});
