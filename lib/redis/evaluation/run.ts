/** A run: every question of a set asked with every setting, by the one search that pages and assistants use. */
import { SafeError } from "../../errors";
import { openRef } from "../../refs";
import { defineJob, type JobContext } from "../jobs/job";
import { type StartedJob, startJob } from "../jobs/run-job";
import { searchMemories } from "../recall/operations";
import { plainQuestion } from "../recall/question";
import type { RecallSettings } from "../recall/rules";
import type { SearchResult } from "../recall/types";
import type { Store } from "../store/store";
import { type Question, readQuestions } from "./question-store";
import { type NamedSettings, RUN_DEPTH } from "./rules";
import { RUN_KIND } from "./run-kind";
import type { RunState } from "./run-state";
import { keepRun, type Places, readOutcomes, type StoredOutcome, writeOutcomes } from "./run-store";
import { newId, requireSet } from "./sets";
import { showQuestions } from "./show-questions";
import { summarise } from "./summary";

export interface RunInput {
  set: string;
  /** Name of the operator who began it. */
  by: string;
  settings: NamedSettings[];
}

/** Searches that are written down together. They go one after another, so that the time of each is its own. */
const WRITTEN_TOGETHER = 4;

export const runJob = defineJob<RunInput, RunState>({
  kind: RUN_KIND,
  action: "evaluation.run-end",
  run,
  counts: ({ done }) => ({ searches: done }),
});

/** @throws SafeError `not_found`, `conflict` for a set without questions */
export async function startRun(
  context: JobContext,
  input: RunInput,
): Promise<StartedJob<RunInput, RunState>> {
  await requireSet(context.console, input.set);
  if ((await readQuestions(context.console, input.set)).length === 0) {
    throw new SafeError("conflict", "This set has no question yet.", { hint: "Add some, or import them." });
  }
  return startJob(context, runJob, { scope: input.set, input });
}

async function* run(
  context: JobContext,
  { set, by, settings }: RunInput,
  before: RunState | null,
): AsyncGenerator<RunState, void, void> {
  const { store, console } = context;
  const questions = await readQuestions(console, set);
  const runId = before?.runId ?? newId();
  const total = questions.length * settings.length;
  // Questions may have come or gone while it was paused: what was written down says what is left to ask.
  const asked = new Set(
    before === null
      ? []
      : (await readOutcomes(console, runId)).map(({ setting, question }) => `${setting}:${question}`),
  );
  const progress = settings.map(({ name }, at) => ({
    name,
    done: questions.filter(({ id }) => asked.has(`${at}:${id}`)).length,
  }));
  const state = (): RunState => ({
    done: progress.reduce((sum, { done }) => sum + done, 0),
    total,
    runId,
    settings: progress.map((one) => ({ ...one })),
    questions: questions.length,
  });
  yield state();
  for (const [setting, named] of settings.entries()) {
    const open = questions.filter(({ id }) => !asked.has(`${setting}:${id}`));
    for (let from = 0; from < open.length; from += WRITTEN_TOGETHER) {
      const some = open.slice(from, from + WRITTEN_TOGETHER);
      const outcomes: StoredOutcome[] = [];
      for (const question of some) {
        const answer = await ask(store, console, question, named.settings);
        outcomes.push({ setting, question: question.id, ...answer });
      }
      await writeOutcomes(console, runId, outcomes);
      progress[setting]!.done += some.length;
      yield state();
    }
  }
  const missing = await countMissing(store, questions);
  const outcomes = await readOutcomes(console, runId);
  const head = { id: runId, atMs: Date.now(), by, missing };
  await keepRun(console, set, await summarise(head, settings, questions, outcomes));
}

/** @param settings its K is not asked for: recall is measured to the tenth place */
export async function ask(
  store: Store,
  consoleStore: Store,
  { userRef, query, expected }: Pick<Question, "userRef" | "query" | "expected">,
  settings: RecallSettings,
): Promise<{ places: Places; ms: number; partial: boolean }> {
  const userId = openRef("user", userRef);
  const startedAt = performance.now();
  const result = await searchMemories(
    store,
    consoleStore,
    null,
    plainQuestion(userId, query, { ...settings, k: RUN_DEPTH }),
  );
  const ms = performance.now() - startedAt;
  const found = result.hits.map(({ memoryRef }) => memoryRef);
  const places = expected.map((memoryRef) => {
    const at = found.indexOf(memoryRef);
    return at === -1 ? null : at + 1;
  });
  return { places, ms, partial: isPartial(result, settings) };
}

function isPartial({ ran }: SearchResult, { mode }: RecallSettings): boolean {
  return (mode !== "text" && !ran.vector) || (mode !== "vector" && !ran.text);
}

async function countMissing(store: Store, questions: readonly Question[]): Promise<number> {
  const shown = await showQuestions(store, questions);
  return shown.flatMap(({ expected }) => expected).filter(({ content }) => content === null).length;
}
