import { expect, test } from "vitest";
import type { SettingResult } from "@/lib/redis/evaluation/types";
import { DEFAULT_SETTINGS } from "@/lib/redis/recall/rules";
import { differenceWords, isBeyondChance, placesWords, settingsWords } from "./words";

const named = (name: string) => ({ name }) as SettingResult;
const settings = [named("Words"), named("Both")];
const words = (mean: number, low: number, high: number) =>
  differenceWords({ first: 1, second: 0, recallAt5: { mean, low, high } }, settings);

test("a difference says who is better, by how much, and how sure that is", () => {
  expect(words(0.278, 0.24, 0.316)).toBe(
    "Both finds 27.8 points more than Words among the first five (24.0 to 31.6).",
  );
  expect(words(-0.05, -0.08, -0.02)).toBe(
    "Words finds 5.0 points more than Both among the first five (2.0 to 8.0).",
  );
  expect(words(0.0101, -0.01, 0.03)).toBe(
    "Both and Words differ by no more than chance: 1.0 points of recall@5 (-1.0 to 3.0).",
  );
  expect(words(-0.0001, -0.01, 0.03)).toContain("chance: 0.0 points");
  expect(isBeyondChance({ mean: 0, low: 0, high: 0 })).toBe(false);
});

test("settings in words: what differs, and nothing that says nothing", () => {
  expect(settingsWords({ ...DEFAULT_SETTINGS, mode: "text" })).toBe("words alone");
  expect(settingsWords(DEFAULT_SETTINGS)).toBe("words and meaning, 1.5 : 1, constant 10, lists of 20");
  expect(settingsWords({ ...DEFAULT_SETTINGS, matchShare: false, beginningWeight: 0, index: "idx:b" })).toBe(
    "words and meaning, 1.5 : 1, constant 10, lists of 20, matches count whole, beginnings 0, in idx:b",
  );
});

test("places", () => {
  expect(placesWords([1, null])).toBe("place 1, not in ten");
});
