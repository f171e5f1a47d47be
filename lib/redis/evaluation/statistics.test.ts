import { expect, test } from "vitest";
import { estimate, pairedDifference, recallAt, reciprocalRank } from "./statistics";

test("recall is the share of what was expected, and the rank that of the first", () => {
  const outcome = { expected: 3, places: [7, 2] };
  expect([1, 5, 10].map((cut) => recallAt(outcome, cut))).toEqual([0, 1 / 3, 2 / 3]);
  expect(reciprocalRank(outcome)).toBe(0.5);
  expect(recallAt({ expected: 1, places: [] }, 10)).toBe(0);
  expect(reciprocalRank({ expected: 1, places: [] })).toBe(0);
  expect(recallAt({ expected: 0, places: [] }, 10)).toBe(0);
});

test("an interval holds the mean, narrows with more questions, and is the same every time", () => {
  const few = estimate(Array.from({ length: 20 }, (_, at) => at % 2));
  const many = estimate(Array.from({ length: 2_000 }, (_, at) => at % 2));
  expect(few.mean).toBe(0.5);
  expect(few.low).toBeLessThan(0.4);
  expect(few.high).toBeGreaterThan(0.6);
  expect(many.high - many.low).toBeLessThan((few.high - few.low) / 5);
  // A proportion of a half over 2,000: 1.96 · √(0.25 / 2,000) = 0.0219.
  expect(many.low).toBeCloseTo(0.478, 2);
  expect(many.high).toBeCloseTo(0.522, 2);
  expect(estimate(Array.from({ length: 20 }, (_, at) => at % 2))).toEqual(few);
  expect(estimate([])).toEqual({ mean: 0, low: 0, high: 0 });
});

test("pairs tell a small difference that means apart do not", () => {
  const second = Array.from({ length: 200 }, (_, at) => at % 2);
  const first = second.map((value, at) => (at % 20 === 0 ? 1 : value));
  const difference = pairedDifference(first, second);
  expect(difference.mean).toBeCloseTo(0.05, 10);
  expect(difference.low).toBeGreaterThan(0);
  expect(estimate(first).low).toBeLessThan(estimate(second).mean);
  expect(() => pairedDifference([1], [1, 2])).toThrow(RangeError);
});
