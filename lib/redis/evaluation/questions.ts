/** Questions saved, deleted, brought in and taken out. */
import { SafeError } from "../../errors";
import { openRef, sealRef } from "../../refs";
import type { Store } from "../store/store";
import { formatLine, type Line, parseLines } from "./lines";
import { readQuestions, removeQuestion, writeQuestions } from "./question-store";
import { QUESTIONS_MAX } from "./rules";
import { newId, requireSet } from "./sets";
import { readExpected } from "./show-questions";

export interface QuestionDraft {
  set: string;
  question: string | null;
  userId: Buffer;
  query: string;
  /** References. */
  expected: string[];
}

/**
 * A new question, or another text and other memories for one that is there: of the same person.
 * @throws SafeError `not_found` for a set or a question that is gone, or a memory the person does not have;
 *   `conflict` when there are too many
 */
export async function saveQuestion(
  store: Store,
  consoleStore: Store,
  draft: QuestionDraft,
): Promise<{ id: string }> {
  const { set, userId, query } = draft;
  await requireSet(consoleStore, set);
  const expected = [...new Set(draft.expected)];
  await requireMemories(store, sealRef("user", userId), expected);
  const all = await readQuestions(consoleStore, null);
  if (draft.question !== null && !all.some(({ id, set: of }) => id === draft.question && of === set)) {
    throw new SafeError("not_found", "This question is not in the set any more.", {
      hint: "Somebody deleted it. Save it as a new one.",
    });
  }
  if (draft.question === null) requireRoom(all.length, 1);
  const id = draft.question ?? newId();
  await writeQuestions(consoleStore, userId, [{ set, id, query, expected }]);
  return { id };
}

export async function deleteQuestion(
  consoleStore: Store,
  { userId, ...question }: { set: string; id: string; userId: Buffer },
): Promise<{ deleted: boolean }> {
  return { deleted: await removeQuestion(consoleStore, userId, question) };
}

export interface Imported {
  added: number;
  /** The same person, text and memories were there already. */
  known: number;
}

/**
 * All lines or none. Memories need not be there: a set may come before the memories it asks for.
 * @throws SafeError `invalid_input` that names the first line which is none
 */
export async function importQuestions(
  consoleStore: Store,
  { set, lines }: { set: string; lines: string },
): Promise<Imported> {
  await requireSet(consoleStore, set);
  const parsed = parseLines(lines);
  const all = await readQuestions(consoleStore, null);
  const known = new Set(all.filter((one) => one.set === set).map((one) => formatLine(one)));
  const fresh = new Map(parsed.map((line) => [formatLine(line), line]));
  for (const line of known) fresh.delete(line);
  requireRoom(all.length, fresh.size);
  const byPerson = new Map<string, Line[]>();
  for (const line of fresh.values()) {
    byPerson.set(line.userRef, [...(byPerson.get(line.userRef) ?? []), line]);
  }
  for (const [userRef, own] of byPerson) {
    const questions = own.map(({ query, expected }) => ({ set, id: newId(), query, expected }));
    await writeQuestions(consoleStore, openRef("user", userRef), questions);
  }
  return { added: fresh.size, known: parsed.length - fresh.size };
}

/** JSON Lines that {@link importQuestions} takes; ids and texts as they are. */
export async function exportQuestions(
  consoleStore: Store,
  { set }: { set: string },
): Promise<{ lines: string; count: number }> {
  await requireSet(consoleStore, set);
  const questions = await readQuestions(consoleStore, set);
  return { lines: questions.map((one) => `${formatLine(one)}\n`).join(""), count: questions.length };
}

async function requireMemories(store: Store, userRef: string, expected: readonly string[]): Promise<void> {
  const memories = await readExpected(
    store,
    expected.map((memoryRef) => ({ userRef, memoryRef })),
  );
  if (memories.every(({ content }) => content !== null)) return;
  throw new SafeError("not_found", "An expected memory is not one of this person's any more.", {
    hint: "Search again and choose what is there now.",
    field: "expected",
  });
}

function requireRoom(there: number, more: number): void {
  if (there + more <= QUESTIONS_MAX) return;
  throw new SafeError("conflict", `At most ${QUESTIONS_MAX} questions are kept, in all sets together.`, {
    hint: `There are ${there}. Delete a set that nobody runs any more.`,
  });
}
