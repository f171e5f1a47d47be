/**
 * The questions of all sets, person by person, so that an erasure takes one key away:
 *
 *   console:recall:questions:{subject}  hash  `{set}:{question}` → sealed JSON of {@link StoredQuestion}
 *   console:recall:people               set   the subjects that have questions
 */
import { sealRef } from "../../refs";
import { seal, unseal } from "../../sealed";
import { subjectOf } from "../../subjects";
import { consoleKeys } from "../console-keys";
import { isError, toArray, toInt, toPairs, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";

export interface StoredQuestion {
  userRef: string;
  query: string;
  /** References of memories of that person. */
  expected: string[];
  /** Lines that came together keep their order: a thousandth apart. */
  savedAtMs: number;
}

export interface Question extends StoredQuestion {
  id: string;
  set: string;
}

const placeOf = (subject: string, field: string) => `recall-question\0${subject}\0${field}`;
const keyOf = (subject: string) => consoleKeys.recallQuestions(subject);

export async function writeQuestions(
  consoleStore: Store,
  userId: Buffer,
  questions: readonly { set: string; id: string; query: string; expected: string[] }[],
): Promise<void> {
  const subject = subjectOf(userId);
  const userRef = sealRef("user", userId);
  const now = Date.now();
  const fields = questions.flatMap(({ set, id, query, expected }, at) => {
    const field = `${set}:${id}`;
    const stored: StoredQuestion = { userRef, query, expected, savedAtMs: now + at / 1_000 };
    return [field, seal(placeOf(subject, field), JSON.stringify(stored))];
  });
  await consoleStore.transaction([
    ["SADD", consoleKeys.recallPeople(), subject],
    ["HSET", keyOf(subject), ...fields],
  ]);
}

/** @returns was it there? */
export async function removeQuestion(
  consoleStore: Store,
  userId: Buffer,
  { set, id }: { set: string; id: string },
): Promise<boolean> {
  const reply = await consoleStore.command("HDEL", keyOf(subjectOf(userId)), `${set}:${id}`);
  return toInt(reply) === 1;
}

/** @returns how many there were */
export async function removeSetQuestions(consoleStore: Store, set: string): Promise<number> {
  const subjects = await people(consoleStore);
  const replies = await consoleStore.pipeline(subjects.map((subject) => ["HKEYS", keyOf(subject)] as const));
  const commands = subjects.flatMap((subject, at): Command[] => {
    const reply = replies[at];
    if (reply === undefined || isError(reply)) return [];
    const fields = toArray(reply)
      .map((field) => toText(field))
      .filter((field) => field.startsWith(`${set}:`));
    return fields.length > 0 ? [["HDEL", keyOf(subject), ...fields]] : [];
  });
  const removed = await consoleStore.pipeline(commands);
  return removed.reduce<number>((sum, reply) => sum + (isError(reply) ? 0 : toInt(reply)), 0);
}

/** @param set null for those of all sets. The oldest first; those that another secret sealed are left out. */
export async function readQuestions(consoleStore: Store, set: string | null): Promise<Question[]> {
  const subjects = await people(consoleStore);
  const replies = await consoleStore.pipeline(
    subjects.map((subject) => ["HGETALL", keyOf(subject)] as const),
  );
  const questions = subjects.flatMap((subject, at) => {
    const reply = replies[at];
    if (reply === undefined || isError(reply)) return [];
    return toPairs(reply).flatMap(([name, value]) => {
      const field = name.toString("latin1");
      if (set !== null && !field.startsWith(`${set}:`)) return [];
      return openQuestion(subject, field, toText(value));
    });
  });
  return questions.sort((a, b) => a.savedAtMs - b.savedAtMs || (a.id < b.id ? -1 : 1));
}

function openQuestion(subject: string, field: string, sealed: string): Question[] {
  const text = unseal(placeOf(subject, field), sealed);
  if (text === null) return [];
  const [set = "", id = ""] = field.split(":");
  return [{ ...(JSON.parse(text) as StoredQuestion), set, id }];
}

async function people(consoleStore: Store): Promise<string[]> {
  const reply = await consoleStore.command("SMEMBERS", consoleKeys.recallPeople());
  return toArray(reply)
    .map((subject) => toText(subject))
    .sort();
}
