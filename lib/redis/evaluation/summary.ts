/** What a run came to, with how sure one can be of it. */
import type { NamedSettings } from "./rules";
import type { Places, StoredOutcome } from "./run-store";
import {
  CUTS,
  type Cut,
  type Estimate,
  estimate,
  type Outcome,
  pairedDifference,
  recallAt,
  reciprocalRank,
} from "./statistics";
import type { RunSummary, SettingDifference, SettingResult } from "./types";

export function outcomeOf(places: Places): Outcome {
  return { expected: places.length, places: places.filter((place) => place !== null) };
}

/** Questions without an outcome for every setting are left out: they came while the run was under way. */
export async function summarise(
  head: Pick<RunSummary, "id" | "atMs" | "by" | "missing">,
  settings: readonly NamedSettings[],
  questions: readonly { id: string }[],
  stored: readonly StoredOutcome[],
): Promise<RunSummary> {
  const found = new Map(stored.map((one) => [`${one.setting}:${one.question}`, one]));
  const complete = questions.filter(({ id }) => settings.every((_, at) => found.has(`${at}:${id}`)));
  const columns = settings.map((_, at) => complete.map(({ id }) => found.get(`${at}:${id}`)!));
  const results: SettingResult[] = [];
  for (const [at, named] of settings.entries()) {
    results.push({ ...named, ...measured(columns[at]!) });
    await others();
  }
  const atFive = columns.map((column) => column.map(({ places }) => recallAt(outcomeOf(places), 5)));
  const differences: SettingDifference[] = [];
  for (let second = 0; second < settings.length; second += 1) {
    for (let first = second + 1; first < settings.length; first += 1) {
      differences.push({ first, second, recallAt5: pairedDifference(atFive[first]!, atFive[second]!) });
    }
    await others();
  }
  return { ...head, questions: complete.length, settings: results, differences };
}

function measured(column: readonly StoredOutcome[]): Omit<SettingResult, "name" | "settings"> {
  const outcomes = column.map(({ places }) => outcomeOf(places));
  const recall = Object.fromEntries(
    CUTS.map((cut) => [cut, estimate(outcomes.map((one) => recallAt(one, cut)))]),
  ) as Record<Cut, Estimate>;
  const times = column.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    recall,
    mrr: estimate(outcomes.map(reciprocalRank)),
    partial: column.filter(({ partial }) => partial).length,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
  };
}

/** Resampling is work: whoever waits for the same thread comes in between. */
function others(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
