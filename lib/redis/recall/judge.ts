/** Whose a hit really is: an index may fold `Alice` into `alice`, so every hit is asked for its raw `user_id`. */
import { claimOf, type ParsedKey } from "../keys";
import { decodeVector, vectorDistance } from "../query-engine/distance";
import { memoryFields } from "../query-engine/index-info";
import type { IndexInfo } from "../query-engine/index-types";
import { isError, toArray, toBufferOrNull, toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import type { QueryVector } from "./query-vector";

export type Verdict =
  | {
      kind: "shown";
      parsed: ParsedKey & { class: "memories" };
      contentBytes: number;
      distance: number | null;
    }
  | { kind: "foreign" }
  | { kind: "disputed" }
  /** Deleted or expired since it was found. */
  | { kind: "gone" };

export interface JudgeQuestion {
  index: IndexInfo;
  userId: Buffer | null;
  vector: QueryVector | null;
  /** latin1 names of keys whose distance the index has told already. */
  measured: ReadonlySet<string>;
}

/** One round trip for all keys. @returns verdicts by the key's latin1 name, and what was sent for one that may be shown: whose a foreign hit is, is
 *   nobody's business */
export async function judgeHits(
  store: Store,
  keys: readonly Buffer[],
  question: JudgeQuestion,
): Promise<{ verdicts: Map<string, Verdict>; examples: Command[] }> {
  const embedding = memoryFields(question.index).vector?.identifier ?? "embedding";
  const commands = keys.flatMap((key): Command[] => {
    const unmeasured = question.vector?.values && !question.measured.has(key.toString("latin1"));
    const fields: Command = unmeasured ? ["HMGET", key, "user_id", embedding] : ["HMGET", key, "user_id"];
    return [fields, ["HSTRLEN", key, "content"]];
  });
  const replies = await store.pipeline(commands);
  const verdicts = new Map<string, Verdict>();
  for (const [at, key] of keys.entries()) {
    verdicts.set(key.toString("latin1"), judge(key, replies.slice(at * 2, at * 2 + 2), question));
  }
  const shown = keys.findIndex((key) => verdicts.get(key.toString("latin1"))?.kind === "shown");
  return { verdicts, examples: shown < 0 ? [] : commands.slice(shown * 2, shown * 2 + 2) };
}

type Replies = Awaited<ReturnType<Store["pipeline"]>>;

function judge(key: Buffer, [reply, length]: Replies, question: JudgeQuestion): Verdict {
  // WRONGTYPE: it was a hash when it was found.
  if (reply === undefined || isError(reply) || isError(length)) return { kind: "gone" };
  const [userIdField, embedding] = toArray(reply).map((field) => toBufferOrNull(field));
  const contentBytes = toInt(length);
  if (!userIdField && contentBytes === 0) return { kind: "gone" };
  const { userId } = question;
  const claim = claimOf(key, "hash", userIdField ?? null);
  if (claim.dispute !== null) {
    return { kind: userId && userIdField && !userIdField.equals(userId) ? "foreign" : "disputed" };
  }
  if (userId && !claim.owner.equals(userId)) return { kind: "foreign" };
  if (claim.parsed.class !== "memories") return { kind: "disputed" };
  const distance = distanceTo(embedding ?? null, question);
  return { kind: "shown", parsed: claim.parsed, contentBytes, distance };
}

function distanceTo(embedding: Buffer | null, { vector, index }: JudgeQuestion): number | null {
  const field = memoryFields(index).vector;
  if (!embedding || !vector?.values || !field || embedding.length !== vector.bytes.length) return null;
  const stored = decodeVector(embedding, field.vector.dataType);
  return stored ? vectorDistance(field.vector.metric, vector.values, stored) : null;
}
