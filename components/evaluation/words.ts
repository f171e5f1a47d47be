/** Figures of a run, in words. */
import { formatCount } from "@/lib/format";
import type { Estimate } from "@/lib/redis/evaluation/statistics";
import type { SettingDifference, SettingResult } from "@/lib/redis/evaluation/types";
import { DEFAULT_SETTINGS, type RecallSettings } from "@/lib/redis/recall/rules";

const MODE_WORDS = { text: "words alone", vector: "meaning alone", hybrid: "words and meaning" } as const;

/** `0.872` */
export function figure(value: number): string {
  return value.toFixed(3);
}

/** `0.843 to 0.899` */
export function interval({ low, high }: Estimate): string {
  return `${figure(low)} to ${figure(high)}`;
}

/** Words are not joined, so weights say nothing about them. */
export function settingsWords(settings: RecallSettings): string {
  const told = [MODE_WORDS[settings.mode] as string];
  if (settings.mode === "hybrid") {
    told.push(`${settings.textWeight} : ${settings.vectorWeight}`);
    told.push(`constant ${settings.fusionConstant}`, `lists of ${settings.fusionDepth}`);
    if (!settings.matchShare) told.push("matches count whole");
  }
  if (settings.mode !== "vector" && settings.beginningWeight !== DEFAULT_SETTINGS.beginningWeight) {
    told.push(`beginnings ${settings.beginningWeight}`);
  }
  if (settings.recencyWeight > 0) told.push(`recency ${settings.recencyWeight}`);
  if (settings.importanceWeight > 0) told.push(`importance ${settings.importanceWeight}`);
  if (settings.maxDistance !== null) told.push(`at most ${settings.maxDistance} away`);
  if (settings.index !== null) told.push(`in ${settings.index}`);
  return told.join(", ");
}

/** “Both finds 10.1 points more than Meaning among the first five (7.3 to 12.9).” */
export function differenceWords(difference: SettingDifference, settings: readonly SettingResult[]): string {
  const { mean, low, high } = difference.recallAt5;
  const [one, other] = [settings[difference.first]!.name, settings[difference.second]!.name];
  const [better, worse] = mean >= 0 ? [one, other] : [other, one];
  const [least, most] = mean >= 0 ? [low, high] : [-high, -low];
  if (!isBeyondChance(difference.recallAt5)) {
    return `${one} and ${other} differ by no more than chance: ${points(mean)} points of recall@5 (${points(low)} to ${points(high)}).`;
  }
  return `${better} finds ${points(Math.abs(mean))} points more than ${worse} among the first five (${points(least)} to ${points(most)}).`;
}

/** Is 0 outside of the interval? */
export function isBeyondChance({ low, high }: Estimate): boolean {
  return low > 0 || high < 0;
}

function points(share: number): string {
  const value = Math.round(share * 1_000) / 10;
  return (Object.is(value, -0) ? 0 : value).toFixed(1);
}

export function countQuestions(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "question" : "questions"}`;
}

export function countPeople(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "person" : "people"}`;
}

/** `3`, or that it was not among the ten that were looked at. */
export function placesWords(places: readonly (number | null)[]): string {
  return places.map((place) => (place === null ? "not in ten" : `place ${place}`)).join(", ");
}
