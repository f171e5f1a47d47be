/** Questions as pages show them: with the memories that are expected, as they are now. */
import { displayBytes } from "../../bytes";
import { openRef } from "../../refs";
import { claimOf, memoryKey } from "../keys";
import { isError, toArray, toBufferOrNull } from "../store/reply";
import type { Store } from "../store/store";
import type { Question } from "./question-store";
import type { ExpectedMemory, QuestionDto } from "./types";

/** What of an expected memory is shown, in characters. */
const HEAD_CHARS = 200;
const COLON = 0x3a;

export interface ExpectedName {
  category: Buffer;
  number: Buffer;
}

/** @throws SafeError `not_found` when the reference is none of a memory */
export function openExpected(memoryRef: string): ExpectedName {
  const bytes = openRef("memory", memoryRef);
  const at = bytes.indexOf(COLON);
  return { category: bytes.subarray(0, at), number: bytes.subarray(at + 1) };
}

/** Memories as they are now, in one round trip. Their content is null when they are gone, or another's. */
export async function readExpected(
  store: Store,
  names: readonly { userRef: string; memoryRef: string }[],
): Promise<ExpectedMemory[]> {
  const asked = names.map(({ userRef, memoryRef }) => {
    const { category, number } = openExpected(memoryRef);
    return { memoryRef, category, number, key: memoryKey(openRef("user", userRef), category, number) };
  });
  const replies = await store.pipeline(asked.map(({ key }) => ["HMGET", key, "user_id", "content"] as const));
  return asked.map(({ memoryRef, category, number, key }, at) => {
    const reply = replies[at];
    const [owner = null, content = null] =
      reply === undefined || isError(reply) ? [] : toArray(reply).map((field) => toBufferOrNull(field));
    const isOwn = claimOf(key, "hash", owner).dispute === null;
    return {
      memoryRef,
      category: displayBytes(category),
      number: displayBytes(number),
      content: isOwn && content ? content.toString("utf8").slice(0, HEAD_CHARS) : null,
    };
  });
}

export async function showQuestions(store: Store, questions: readonly Question[]): Promise<QuestionDto[]> {
  const names = questions.flatMap(({ userRef, expected }) =>
    expected.map((memoryRef) => ({ userRef, memoryRef })),
  );
  const memories = await readExpected(store, names);
  let next = 0;
  return questions.map(({ id, userRef, query, expected }) => {
    const own = memories.slice(next, next + expected.length);
    next += expected.length;
    return { id, userRef, userLabel: displayBytes(openRef("user", userRef)), query, expected: own };
  });
}
