import fc from "fast-check";
import { expect, test } from "vitest";
import { scoreTerms } from "./fuse";
import { DEFAULT_SETTINGS } from "./rules";

const NOW = 1_800_000_000;
const DAY = 86_400;
const memory = { textRank: null, vectorRank: null, share: null, importance: null, timestamp: null };
const terms = (some: Partial<Record<keyof typeof memory, number>>, settings = {}) =>
  scoreTerms({ ...memory, ...some }, { ...DEFAULT_SETTINGS, fusionConstant: 60, ...settings }, NOW);

test("a place in a list counts by the list's weight, and a word match by its share", () => {
  const weights = { textWeight: 2, vectorWeight: 3 };
  expect(terms({ textRank: 1, vectorRank: 4 }, weights)).toMatchObject({
    textTerm: 2 / 61,
    vectorTerm: 3 / 64,
  });
  expect(terms({ textRank: 1, share: 0.25 }, weights).textTerm).toBeCloseTo(0.5 / 61, 12);
  expect(terms({})).toEqual({ textTerm: 0, vectorTerm: 0, recencyTerm: 0, importanceTerm: 0 });
});

test("recency: a first place now, half of it after a half-life, and nothing without a time", () => {
  const boost = { recencyWeight: 1, recencyHalfLifeDays: 10 };
  const at = (timestamp: number | null) =>
    scoreTerms({ ...memory, timestamp }, { ...DEFAULT_SETTINGS, fusionConstant: 60, ...boost }, NOW)
      .recencyTerm * 61;
  expect(at(NOW)).toBeCloseTo(1, 12);
  expect(at(NOW - 10 * DAY)).toBeCloseTo(0.5, 12);
  expect(at(NOW - 20 * DAY)).toBeCloseTo(0.25, 12);
  expect(at(null)).toBe(0);
  // Milliseconds are seen for what they are; a clock that runs ahead makes nothing newer than new.
  expect(at((NOW - 10 * DAY) * 1_000)).toBeCloseTo(0.5, 12);
  expect(at(NOW + 5 * DAY)).toBeCloseTo(1, 12);
});

test("importance: its share of ten, and what is beyond the scale is its end", () => {
  const at = (importance: number) => terms({ importance }, { importanceWeight: 2 }).importanceTerm * 61;
  expect([at(10), at(5), at(99), at(-3)]).toEqual([2, 1, 2, 0]);
});

test("every term is a number and none is below nothing, whatever is stored", () => {
  const number = fc.oneof(fc.constant(null), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(number, number, (importance, timestamp) => {
      const all = scoreTerms(
        { ...memory, vectorRank: 1, importance, timestamp },
        { ...DEFAULT_SETTINGS, recencyWeight: 1, importanceWeight: 1 },
        NOW,
      );
      for (const term of Object.values(all)) {
        expect(Number.isFinite(term)).toBe(true);
        expect(term).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
