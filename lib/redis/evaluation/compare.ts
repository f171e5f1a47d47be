/** Two settings question by question: which the one finds better, which worse. */
import { SafeError } from "../../errors";
import type { Store } from "../store/store";
import { type Question, readQuestions } from "./question-store";
import { type Places, readOutcomes } from "./run-store";
import { requireSet } from "./sets";
import { showQuestions } from "./show-questions";
import { recallAt, reciprocalRank } from "./statistics";
import { outcomeOf } from "./summary";
import type { Compared, Comparison, Side } from "./types";

/** Of each kind, the greatest differences first. */
const SHOWN = 100;

/** @throws SafeError `not_found` when a run is no longer kept */
export async function compareSides(
  store: Store,
  consoleStore: Store,
  input: { set: string; first: Side; second: Side },
): Promise<Comparison> {
  await requireSet(consoleStore, input.set);
  const [first, second, questions] = await Promise.all([
    columnOf(consoleStore, input.first),
    columnOf(consoleStore, input.second),
    readQuestions(consoleStore, input.set),
  ]);
  const both = questions.flatMap((question) => {
    const sides = { first: first.get(question.id), second: second.get(question.id) };
    const fits = [sides.first, sides.second].every((places) => places?.length === question.expected.length);
    if (!fits) return [];
    const pair = { question, first: sides.first!, second: sides.second! };
    return [{ ...pair, gain: worthOf(pair.second) - worthOf(pair.first) }];
  });
  const better = both.filter(({ gain }) => gain > 0).sort((a, b) => b.gain - a.gain);
  const worse = both.filter(({ gain }) => gain < 0).sort((a, b) => a.gain - b.gain);
  return {
    better: await shown(store, better.slice(0, SHOWN)),
    worse: await shown(store, worse.slice(0, SHOWN)),
    same: both.length - better.length - worse.length,
    left: new Set([...first.keys(), ...second.keys(), ...questions.map(({ id }) => id)]).size - both.length,
  };
}

async function columnOf(consoleStore: Store, { run, setting }: Side): Promise<Map<string, Places>> {
  const outcomes = (await readOutcomes(consoleStore, run)).filter((one) => one.setting === setting);
  if (outcomes.length === 0) {
    throw new SafeError("not_found", "The answers of this run are not kept any more.", {
      hint: "Choose another run, or run the set again.",
    });
  }
  return new Map(outcomes.map(({ question, places }) => [question, places]));
}

/** What is among the first five counts, and among equals the first place. */
function worthOf(places: Places): number {
  const outcome = outcomeOf(places);
  return recallAt(outcome, 5) + reciprocalRank(outcome) / 100;
}

async function shown(
  store: Store,
  pairs: readonly { question: Question; first: Places; second: Places }[],
): Promise<Compared[]> {
  const questions = await showQuestions(
    store,
    pairs.map(({ question }) => question),
  );
  return pairs.map(({ first, second }, at) => ({ question: questions[at]!, first, second }));
}
