import { expect, test } from "vitest";
import type { RateLimits } from "@/lib/redis/rate-limits/schema";
import { addSeen, lifeAtBeginning, livesAtBeginning, MAX_SEEN, type SeenCounts } from "./seen-counts";
import { limitsOf, NOW } from "./test-kit";

const watch = (looks: [laterMs: number, limits: RateLimits][]) =>
  looks.reduce<readonly SeenCounts[]>((seen, [laterMs, limits]) => addSeen(seen, limits, NOW + laterMs), []);

test("counts are kept when they change, and the end of a window is a change", () => {
  const seen = watch([
    [0, limitsOf(["3", 10_000])],
    [500, limitsOf(["3", 10_000])],
    [900, limitsOf(["4", 10_000])],
    [10_001, limitsOf(["4", 10_000])],
  ]);
  expect(seen.map(({ atMs, counts }) => [atMs - NOW, counts[0]])).toEqual([
    [0, 3],
    [900, 4],
    [10_001, 0],
  ]);
});

test("the memory is bounded", () => {
  const seen = watch(Array.from({ length: MAX_SEEN + 20 }, (_, n) => [n, limitsOf([String(n), 60_000])]));
  expect(seen).toHaveLength(MAX_SEEN);
  expect(seen.at(-1)!.counts[0]).toBe(MAX_SEEN + 19);
});

test("a counter that was seen to begin with a shorter life than its window's is known for certain", () => {
  const hour = limitsOf(null, ["1", 60_000]);
  const seen = watch([
    [-2_000, limitsOf()],
    [0, hour],
  ]);
  expect(lifeAtBeginning(seen, hour.windows[1]!, 1)).toBe(62_000);
});

test("of a counter that began as it should, or was there before, nothing is said", () => {
  const whole = limitsOf(["1", 59_990]);
  const begun = watch([
    [-100, limitsOf()],
    [0, whole],
  ]);
  expect(lifeAtBeginning(begun, whole.windows[0]!, 0)).toBeNull();
  const old = limitsOf(null, ["7", 30_000]);
  expect(lifeAtBeginning(watch([[0, old]]), old.windows[1]!, 1)).toBeNull();
});

test("a life that the key was given as a whole is not taken for the counter's", () => {
  const whole = { ...limitsOf(["1", 59_990]), keyExpiresAtMs: NOW + 20_000 };
  const seen = watch([
    [-100, limitsOf()],
    [0, whole],
  ]);
  expect(livesAtBeginning(seen, whole, NOW)).toEqual([null, null, null]);
  const short = { ...limitsOf(null, ["1", 60_000]), keyExpiresAtMs: NOW + 20_000 };
  const begun = watch([
    [-2_000, limitsOf()],
    [0, short],
  ]);
  expect(livesAtBeginning(begun, short, NOW)).toEqual([null, 62_000, null]);
  expect(livesAtBeginning(begun, short, NOW + 20_000)).toEqual([null, null, null]);
});
