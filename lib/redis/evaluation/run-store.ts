/**
 * Runs of a set and what each question came to:
 *
 *   console:recall:runs:{set}      hash  run → JSON of {@link RunSummary}
 *   console:recall:outcomes:{run}  hash  `{setting}:{question}` → places of the expected memories, `1,-,7`
 *
 * Neither holds anything of a person: questions are random names.
 */
import { consoleKeys } from "../console-keys";
import { toPairs, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { RUNS_KEPT } from "./rules";
import type { RunSummary } from "./types";

/** null: not within the depth of the run. In the order of the question's expected memories. */
export type Places = (number | null)[];

const OUTCOMES_SECONDS = 400 * 86_400;

export interface StoredOutcome {
  /** Its place among the run's settings. */
  setting: number;
  question: string;
  places: Places;
  ms: number;
  partial: boolean;
}

export async function writeOutcomes(
  consoleStore: Store,
  run: string,
  outcomes: readonly StoredOutcome[],
): Promise<void> {
  const key = consoleKeys.recallOutcomes(run);
  const fields = outcomes.flatMap(({ setting, question, places, ms, partial }) => [
    `${setting}:${question}`,
    [places.map((place) => place ?? "-").join(","), ms.toFixed(1), partial ? 1 : 0].join(" "),
  ]);
  await consoleStore.transaction([
    ["HSET", key, ...fields],
    ["EXPIRE", key, OUTCOMES_SECONDS],
  ]);
}

export async function readOutcomes(consoleStore: Store, run: string): Promise<StoredOutcome[]> {
  const reply = await consoleStore.command("HGETALL", consoleKeys.recallOutcomes(run));
  return toPairs(reply).map(([name, value]) => {
    const [setting = "", question = ""] = name.toString("latin1").split(":");
    const [places = "", ms = "", partial = ""] = toText(value).split(" ");
    return {
      setting: Number(setting),
      question,
      places: places.split(",").map((place) => (place === "-" ? null : Number(place))),
      ms: Number(ms),
      partial: partial === "1",
    };
  });
}

/** Newest first. */
export async function readRuns(consoleStore: Store, set: string): Promise<RunSummary[]> {
  const reply = await consoleStore.command("HGETALL", consoleKeys.recallRuns(set));
  return toPairs(reply)
    .map(([, value]) => JSON.parse(toText(value)) as RunSummary)
    .sort((a, b) => b.atMs - a.atMs);
}

/** Keeps it and lets the oldest go. Twice is once. */
export async function keepRun(consoleStore: Store, set: string, run: RunSummary): Promise<void> {
  const key = consoleKeys.recallRuns(set);
  await consoleStore.command("HSET", key, run.id, JSON.stringify(run));
  const old = (await readRuns(consoleStore, set)).slice(RUNS_KEPT).map(({ id }) => id);
  await consoleStore.pipeline(removal(set, old));
}

export async function removeRuns(consoleStore: Store, set: string): Promise<number> {
  const runs = (await readRuns(consoleStore, set)).map(({ id }) => id);
  await consoleStore.pipeline(removal(set, runs));
  return runs.length;
}

function removal(set: string, runs: readonly string[]): Command[] {
  if (runs.length === 0) return [];
  return [
    ["HDEL", consoleKeys.recallRuns(set), ...runs],
    ["UNLINK", ...runs.map((run) => consoleKeys.recallOutcomes(run))],
  ];
}
