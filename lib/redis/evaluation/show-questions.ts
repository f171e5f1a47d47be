/** Questions as pages show them: with the memories that are expected, as they are now. */
import { displayBytes } from "../../bytes";
import { openRef } from "../../refs";
import { claimOf, memoryKey } from "../keys";
import { isError, toArray, toBufferOrNull } from "../reply";
import type { Store } from "../store";
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

/** One round trip for all of them. */
export async function showQuestions(store: Store, questions: readonly Question[]): Promise<QuestionDto[]> {
  const asked = questions.flatMap(({ userRef, expected }) => {
    const userId = openRef("user", userRef);
    return expected.map((memoryRef) => {
      const name = openExpected(memoryRef);
      return { memoryRef, name, key: memoryKey(userId, name.category, name.number) };
    });
  });
  const replies = await store.pipeline(asked.map(({ key }) => ["HMGET", key, "user_id", "content"] as const));
  const memories = asked.map(({ memoryRef, name, key }, at): ExpectedMemory => {
    const reply = replies[at];
    const [owner = null, content = null] =
      reply === undefined || isError(reply) ? [] : toArray(reply).map((field) => toBufferOrNull(field));
    const isOwn = claimOf(key, "hash", owner).dispute === null;
    return {
      memoryRef,
      category: displayBytes(name.category),
      number: displayBytes(name.number),
      content: isOwn && content ? content.toString("utf8").slice(0, HEAD_CHARS) : null,
    };
  });
  let next = 0;
  return questions.map(({ id, userRef, query, expected }) => {
    const own = memories.slice(next, next + expected.length);
    next += expected.length;
    return { id, userRef, userLabel: displayBytes(openRef("user", userRef)), query, expected: own };
  });
}
