import { expect, test } from "vitest";
import { displayBytes } from "./bytes";
import { namesPerson } from "./names-person";
import { BAD_IDS } from "./testing/bad-ids";

test.each(BAD_IDS)("%s: the id itself, and the id inside a sentence of its own, is found", (_what, id) => {
  const shown = displayBytes(id);
  if (shown.trim() === "") return expect(namesPerson(shown, id)).toBe(false);
  expect(namesPerson(shown, id)).toBe(true);
  return expect(namesPerson(`request of ${shown} today`, id)).toBe(true);
});

test.each([
  ["DSR-2026-014", "alice", false],
  ["DSR of alice", "alice", true],
  ["ALICE asked", "alice", true],
  ["malice aforethought", "alice", true],
  ["anna smith at example org", "anna.smith@example.org", false],
  ["annasmith@exampleorg", "anna.smith@example.org", true],
  ["ａｌｉｃｅ", "alice", true],
  // Short ids stand in other words by chance.
  ["DSR-101", "1", false],
  ["person 1", "1", true],
  ["salary", "al", false],
  ["al called", "al", true],
  ["because he asked", "a", false],
  ["because he asked", "he", true],
  ["", "alice", false],
])("%j names %j: %j", (text, id, named) => {
  expect(namesPerson(text, Buffer.from(id))).toBe(named);
});
