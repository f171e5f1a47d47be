/** Sets of questions: a name each, and what belongs to them. `console:recall:sets`: hash, set → JSON. */
import { randomBytes } from "node:crypto";
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { eraseJobs, readJob } from "../jobs/job-state";
import { jobView } from "../jobs/job-view";
import { toInt, toPairs, toText } from "../store/reply";
import type { Store } from "../store/store";
import { type Question, readQuestions, removeSetQuestions } from "./question-store";
import { QUESTIONS_PAGE, SETS_MAX } from "./rules";
import { RUN_KIND } from "./run-kind";
import type { RunState } from "./run-state";
import { readRuns, removeRuns } from "./run-store";
import { showQuestions } from "./show-questions";
import type { RunSummary, SetDetail, SetHead, SetList } from "./types";

interface StoredSet {
  name: string;
  createdAtMs: number;
  createdBy: string;
}

/** A random name for a set, a question or a run. */
export function newId(): string {
  return randomBytes(16).toString("base64url");
}

/** @throws SafeError `conflict` at the most sets there may be, or when there is one of that name */
export async function createSet(
  consoleStore: Store,
  { name, by }: { name: string; by: string },
): Promise<{ id: string }> {
  const sets = await storedSets(consoleStore);
  if (sets.size >= SETS_MAX) {
    throw new SafeError("conflict", `There are ${SETS_MAX} sets, and no more are kept.`, {
      hint: "Delete one that nobody runs any more.",
    });
  }
  requireFreeName(sets, name, null);
  const id = newId();
  const set: StoredSet = { name, createdAtMs: Date.now(), createdBy: by };
  await consoleStore.command("HSET", consoleKeys.recallSets(), id, JSON.stringify(set));
  return { id };
}

export async function renameSet(consoleStore: Store, input: { set: string; name: string }): Promise<void> {
  const sets = await storedSets(consoleStore);
  const known = sets.get(input.set) ?? missing();
  requireFreeName(sets, input.name, input.set);
  const set: StoredSet = { ...known, name: input.name };
  await consoleStore.command("HSET", consoleKeys.recallSets(), input.set, JSON.stringify(set));
}

/** With its questions and its runs; a run under way stops at its next step. */
export async function deleteSet(
  consoleStore: Store,
  { set }: { set: string },
): Promise<{ questions: number; runs: number }> {
  if (toInt(await consoleStore.command("HDEL", consoleKeys.recallSets(), set)) === 0) return missing();
  await eraseJobs(consoleStore, set);
  const questions = await removeSetQuestions(consoleStore, set);
  return { questions, runs: await removeRuns(consoleStore, set) };
}

/** @throws SafeError `not_found` */
export async function requireSet(consoleStore: Store, set: string): Promise<StoredSet> {
  const reply = await consoleStore.command("HGET", consoleKeys.recallSets(), set);
  return reply === null ? missing() : (JSON.parse(toText(reply)) as StoredSet);
}

/** In the order of their names. */
export async function listSets(consoleStore: Store): Promise<SetList> {
  const sets = await storedSets(consoleStore);
  const questions = await readQuestions(consoleStore, null);
  const heads = await Promise.all(
    [...sets].map(async ([id, set]): Promise<SetHead> => {
      const own = questions.filter((question) => question.set === id);
      const [last] = await readRuns(consoleStore, id);
      return { id, ...set, ...countsOf(own), lastRun: last ? bestOf(last) : null };
    }),
  );
  return { sets: heads.sort((a, b) => a.name.localeCompare(b.name, "en")) };
}

/** One page of its questions, all of its runs, and the run under way. */
export async function readSet(
  store: Store,
  consoleStore: Store,
  input: { set: string; page: number },
): Promise<SetDetail> {
  const set = await requireSet(consoleStore, input.set);
  const [questions, runs, job] = await Promise.all([
    readQuestions(consoleStore, input.set),
    readRuns(consoleStore, input.set),
    readJob<unknown, RunState>(consoleStore, input.set, RUN_KIND),
  ]);
  const pages = Math.max(1, Math.ceil(questions.length / QUESTIONS_PAGE));
  const page = Math.min(Math.max(1, input.page), pages);
  const shown = questions.slice((page - 1) * QUESTIONS_PAGE, page * QUESTIONS_PAGE);
  return {
    id: input.set,
    ...set,
    ...countsOf(questions),
    page,
    pages,
    shown: await showQuestions(store, shown),
    runs,
    job: jobView(job),
  };
}

async function storedSets(consoleStore: Store): Promise<Map<string, StoredSet>> {
  const reply = await consoleStore.command("HGETALL", consoleKeys.recallSets());
  return new Map(
    toPairs(reply).map(([id, value]) => [id.toString("latin1"), JSON.parse(toText(value)) as StoredSet]),
  );
}

function countsOf(questions: readonly Question[]): { questions: number; people: number } {
  return { questions: questions.length, people: new Set(questions.map(({ userRef }) => userRef)).size };
}

function bestOf(run: RunSummary): SetHead["lastRun"] {
  const [best] = [...run.settings].sort((a, b) => b.recall[5].mean - a.recall[5].mean);
  return best ? { atMs: run.atMs, best: { name: best.name, recallAt5: best.recall[5].mean } } : null;
}

function requireFreeName(sets: ReadonlyMap<string, StoredSet>, name: string, own: string | null): void {
  const folded = name.toLowerCase();
  for (const [id, set] of sets) {
    if (id === own || set.name.toLowerCase() !== folded) continue;
    throw new SafeError("conflict", "There is a set of this name already.", {
      hint: "Give it another one.",
      field: "name",
    });
  }
}

function missing(): never {
  throw new SafeError("not_found", "This set of questions is not there any more.", {
    hint: "Somebody deleted it, or the link was cut.",
  });
}
