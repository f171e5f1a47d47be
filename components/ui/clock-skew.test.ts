import { expect, test } from "vitest";
import { learnSkew, NO_SKEW } from "./clock-skew";

const BROWSER = 1_717_935_000_000;
/** An answer that was `rtt` ms under way, its time read after `share` of that, from a clock `ahead` of the browser's. */
const answer = (atMs: number, rtt: number, share: number, ahead: number) =>
  [atMs + rtt * share + ahead, { sentAtMs: atMs, receivedAtMs: atMs + rtt }, atMs + rtt] as const;

test.each([0, 0.3, 0.5, 1])("an answer says it to within half of its way, read at %s of it", (share) => {
  const skew = learnSkew(NO_SKEW, ...answer(BROWSER, 80, share, 1_900));
  expect(Math.abs(skew.ms - 1_900)).toBeLessThanOrEqual(40);
  expect(skew.withinMs).toBe(40);
});

test("the answer that travelled least counts", () => {
  const slow = learnSkew(NO_SKEW, ...answer(BROWSER, 1_500, 1, 400));
  const quick = learnSkew(slow, ...answer(BROWSER + 5_000, 6, 0.5, 400));
  expect(quick).toMatchObject({ ms: 400, withinMs: 3 });
  expect(learnSkew(quick, ...answer(BROWSER + 9_000, 1_500, 1, 400))).toBe(quick);
});

test("after a day the clocks have drifted apart, and a fair answer counts again", () => {
  const quick = learnSkew(NO_SKEW, ...answer(BROWSER, 6, 0.5, 400));
  expect(learnSkew(quick, ...answer(BROWSER + 86_400_000, 200, 0.5, 900)).ms).toBe(900);
});

test("a clock that somebody set is believed at once", () => {
  const quick = learnSkew(NO_SKEW, ...answer(BROWSER, 6, 0.5, 400));
  expect(learnSkew(quick, ...answer(BROWSER + 1_000, 90, 0.5, 600_400)).ms).toBe(600_400);
});

test("an answer of unknown travel time corrects a clock that is far off, and nothing else", () => {
  expect(learnSkew(NO_SKEW, BROWSER + 1_900, null, BROWSER)).toBe(NO_SKEW);
  expect(learnSkew(NO_SKEW, BROWSER + 60_000, null, BROWSER).ms).toBe(60_000);
  const quick = learnSkew(NO_SKEW, ...answer(BROWSER, 6, 0.5, 400));
  expect(learnSkew(quick, BROWSER + 2_000, null, BROWSER + 1_000)).toBe(quick);
});

test("a clock set back while an answer travelled teaches nothing", () => {
  const travel = { sentAtMs: BROWSER, receivedAtMs: BROWSER - 5_000 };
  expect(learnSkew(NO_SKEW, BROWSER, travel, BROWSER - 5_000)).toBe(NO_SKEW);
});
