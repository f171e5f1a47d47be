import { expect, test } from "vitest";
import type { MemorySummary } from "@/lib/redis/memories/types";
import { cardProblems, problemsOf } from "./problems";

const sound: MemorySummary = {
  ref: "r",
  category: "pref",
  number: "001",
  content: "likes green tea",
  contentBytes: 15,
  contentCut: false,
  contentIsText: true,
  importance: { value: 5, raw: "5" },
  timestampMs: 1_717_935_000_000,
  notes: [],
  ttlMs: null,
  sizeBytes: 300,
  embedding: { present: true, bytes: 2_048, dimensions: 512, model: null },
  indexed: { state: "yes" },
};

test("a sound memory has nothing to say", () => {
  expect(problemsOf(sound)).toEqual([]);
  expect(cardProblems(sound, true)).toEqual([]);
});

test("one fault is told once, with its value and what comes of it", () => {
  const odd: MemorySummary = {
    ...sound,
    timestampMs: null,
    timestampProblem: "Its timestamp is no number: tomorrow",
    indexed: { state: "no", reason: "Its timestamp is no number: Redis leaves it out whole." },
  };
  expect(cardProblems(odd, true)).toEqual([
    "Its timestamp is no number: tomorrow. Redis leaves it out whole.",
  ]);
  expect(cardProblems(odd, false)).toEqual(["Its timestamp is no number: tomorrow"]);
  const masked = { ...odd, timestampProblem: "Its timestamp is no number." };
  expect(cardProblems(masked, true)).toEqual(["Its timestamp is no number: Redis leaves it out whole."]);
  const nobody = "It has no user_id field: searches for this person skip it.";
  expect(cardProblems({ ...sound, notes: [nobody], indexed: { state: "no", reason: nobody } }, true)).toEqual(
    [nobody],
  );
});

test("an embedding that is none is told on the card, once", () => {
  const problem = "Its embedding holds numbers that are not finite.";
  const embedding = { ...sound.embedding, problem };
  expect(cardProblems({ ...sound, embedding }, true)).toEqual([problem]);
  const reason = "Its embedding holds numbers that are not finite: found by words, not by meaning.";
  expect(cardProblems({ ...sound, embedding, indexed: { state: "words", reason } }, true)).toEqual([reason]);
  // Without an index in use no card speaks of one.
  expect(cardProblems({ ...sound, embedding, indexed: { state: "no", reason } }, false)).toEqual([problem]);
});
