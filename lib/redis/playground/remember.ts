/** A fact as the assistant saves it: text, vector and what made the vector in one HSET, under the next free number. */
import { displayBytes } from "../../bytes";
import { EMBEDDED_CHARS } from "../../embeddings/odd-texts";
import { SafeError } from "../../errors";
import { subjectOf } from "../../subjects";
import { memoryKey, type ParsedKey, parseKey } from "../keys";
import { forgetPerson } from "../keyspace/kept-of-person";
import { listUserKeys } from "../keyspace/user-keys";
import { vectorArgs } from "../memory-vectors";
import { toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg } from "../store/wire";
import { type FactModel, modelForFacts } from "./fact-model";
import { noteTouched, type RunRecord, readKept, requireRun } from "./run-state";
import { watched } from "./turn";
import type { RememberResult } from "./types";

/** Only where nothing is. KEYS[1] · ARGV seconds of life (0: none), then the fields. */
const CREATE = [
  "if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end",
  "redis.call('HSET', KEYS[1], unpack(ARGV, 2))",
  "if ARGV[1] ~= '0' then redis.call('EXPIRE', KEYS[1], ARGV[1]) end",
  "return 1",
].join(" ");

const ATTEMPTS = 20;
/** What a throw-away person keeps ends by itself, should nobody put them back. */
const THROW_AWAY_SECONDS = 86_400;

export interface Fact {
  userId: Buffer;
  category: string;
  content: string;
  importance: number;
}

/**
 * The text is embedded first: a model that fails leaves nothing behind.
 * @throws SafeError `not_found`, `embedding_failed`, `dimension_mismatch`, `invalid_input` (a category that makes no key)
 */
export async function rememberFact(store: Store, consoleStore: Store, fact: Fact): Promise<RememberResult> {
  const { userId, importance, content } = fact;
  const subject = subjectOf(userId);
  const run = await requireRun(consoleStore, subject);
  const category = Buffer.from(fact.category);
  requireMemoryKey(userId, category);
  const model = await modelForFacts(store, consoleStore);
  const { vector, embedMs } = await embedded(model, content);
  const fields: Arg[] = [
    ...["user_id", userId],
    ...["content", content],
    ...["importance", importance],
    ...["timestamp", Math.floor(Date.now() / 1000)],
    ...vectorArgs({ content, vector, embedder: model.embedder, field: model.field }),
  ];
  const lifeSeconds = run.throwAway ? THROW_AWAY_SECONDS : null;
  const first = nextNumber(await keysOf(store, consoleStore, run, userId), category);
  const { result, ms, commands } = await watched(store, async (watching) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const number = Buffer.from(String(first + attempt).padStart(3, "0"));
      const key = memoryKey(userId, category, number);
      await noteTouched(consoleStore, subject, run, [key]);
      const made = await watching.command("EVAL", CREATE, 1, key, lifeSeconds ?? 0, ...fields);
      if (toInt(made) === 1) return number;
    }
    return null;
  });
  forgetPerson(store, userId);
  if (result === null) {
    throw new SafeError("conflict", "Other writers took every number that was tried.", {
      hint: "Try again.",
    });
  }
  return {
    step: {
      ...{ kind: "remember", ms: ms + embedMs, commands, embedMs, lifeSeconds, importance },
      ...{ category: displayBytes(category), number: result.toString() },
      ...{ model: model.embedder.model, dimensions: model.embedder.dimensions },
      cut: content.length > EMBEDDED_CHARS,
    },
  };
}

async function embedded({ embedder }: FactModel, content: string) {
  const startedAt = performance.now();
  const [vector] = await embedder.embed([content]);
  return { vector: vector!, embedMs: performance.now() - startedAt };
}

function requireMemoryKey(userId: Buffer, category: Buffer): void {
  const parsed = parseKey(memoryKey(userId, category, Buffer.from("001")));
  if (parsed?.class === "memories" && parsed.userId.equals(userId)) return;
  throw new SafeError("invalid_input", "category: makes a key that would not be a memory of this person", {
    field: "category",
    hint: "Use another name, for example pref.",
  });
}

/** One above the highest that is there: numbers of a category are never used again. */
function nextNumber(parsed: readonly (ParsedKey | null)[], category: Buffer): number {
  const numbers = parsed.flatMap((key) => {
    if (key?.class !== "memories" || !key.category.equals(category)) return [];
    const digits = /^\d{1,9}$/.exec(key.number.toString("latin1"));
    return digits ? [Number(digits[0])] : [];
  });
  return 1 + numbers.reduce((highest, number) => Math.max(highest, number), 0);
}

/** Whoever was made for this has what was written here: no walk over the store finds more. */
async function keysOf(store: Store, consoleStore: Store, run: RunRecord, userId: Buffer) {
  if (!run.throwAway) return (await listUserKeys(store, userId)).keys.map(({ parsed }) => parsed);
  const kept = await readKept(consoleStore, subjectOf(userId));
  return (kept?.touched ?? []).map((key) => parseKey(key));
}
