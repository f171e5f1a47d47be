/** One message to the assistant: counted, appended, memories recalled, the prompt put together. */
import { SafeError } from "../../errors";
import { subjectOf } from "../../subjects";
import { rateLimitKey } from "../keys";
import { forgetPerson } from "../keyspace/kept-of-person";
import { hitRateLimit } from "../limiter/hit";
import { appendMessage } from "../messages/append-message";
import { keyOfSession } from "../messages/session-key";
import { searchMemories } from "../recall/operations";
import { plainQuestion } from "../recall/question";
import { DEFAULT_SETTINGS } from "../recall/rules";
import { toBuffers } from "../store/reply";
import type { Store } from "../store/store";
import { assemblePrompt, readSaid } from "./prompt";
import { recorded } from "./recorded-store";
import type { PlaygroundSettings } from "./rules";
import { keepPrompt, noteTouched, type RunRecord, requireRun } from "./run-state";
import type {
  AppendStep,
  HistoryStep,
  LimitStep,
  PlaygroundCommand,
  PromptStep,
  RecallStep,
  StepFailure,
  TurnResult,
} from "./types";

export interface TurnInput {
  userId: Buffer;
  message: string;
  settings: PlaygroundSettings;
}

/**
 * What an assistant does before its model is asked. Over a limit it ends after the count. Where recall fails, the prompt
 * goes without memories and the step says why.
 * @throws SafeError `not_found` when the run is over; what Redis refuses
 */
export async function takeTurn(store: Store, consoleStore: Store, input: TurnInput): Promise<TurnResult> {
  const { userId, message, settings } = input;
  const subject = subjectOf(userId);
  const run = await requireRun(consoleStore, subject);
  const key = keyOfSession({ userId, sessionId: Buffer.from(run.session, "base64") });
  await noteTouched(consoleStore, subject, run, [rateLimitKey(userId), key]);

  const limit = await countRequest(store, consoleStore, userId);
  if (!limit.hit.allowed) return { outcome: "denied", steps: [limit] };
  const append = await appendStep(store, run, { userId, type: "human", content: message, settings });
  const recall = await recallStep(store, consoleStore, input);
  const { history, said } = await readHistory(store, key, settings.history);
  // A history of none still has the message that is to be answered.
  const prompt = assemblePrompt(
    recall.hits,
    said.length === 0 ? [{ type: "human", content: message }] : said,
  );
  await keepPrompt(consoleStore, subject, run, prompt);
  const chars = prompt.reduce((sum, { content }) => sum + content.length, 0);
  const put: PromptStep = { kind: "prompt", ms: 0, commands: [], prompt, chars };
  return { outcome: "ready", steps: [limit, append, recall, history, put] };
}

async function countRequest(store: Store, consoleStore: Store, userId: Buffer): Promise<LimitStep> {
  const { result, ms, commands } = await watched(store, (watching) =>
    hitRateLimit(watching, consoleStore, { userId }),
  );
  return { kind: "limit", ms, commands, hit: result };
}

export interface Spoken {
  userId: Buffer;
  type: "human" | "ai";
  content: string;
  settings: PlaygroundSettings;
}

/** LPUSH, LTRIM and EXPIRE in one MULTI. */
export async function appendStep(store: Store, run: RunRecord, spoken: Spoken): Promise<AppendStep> {
  const { userId, type, content, settings } = spoken;
  const { result, ms, commands } = await watched(store, (watching) =>
    appendMessage(watching, {
      ...{ userId, sessionId: Buffer.from(run.session, "base64"), type, content },
      ...{ keepMessages: settings.keep, expireSeconds: settings.lifeSeconds },
    }),
  );
  // What was made to forget above is the recorder's own memory.
  if (result.created) forgetPerson(store, userId);
  return { kind: "append", ms, commands, type, length: result.length, ttlMs: result.ttlMs };
}

async function recallStep(store: Store, consoleStore: Store, input: TurnInput): Promise<RecallStep> {
  const { mode, k } = input.settings;
  const startedAt = performance.now();
  const none = { hits: [], notices: [], basis: null, foreignHits: 0, embedMs: 0, commands: [] };
  try {
    const question = plainQuestion(input.userId, input.message, { ...DEFAULT_SETTINGS, mode, k });
    const found = await searchMemories(store, consoleStore, null, question);
    const { hits, notices, basis, foreignHits, timings } = found;
    const commands = found.commands.map(({ text, ms, times }): PlaygroundCommand => ({ text, ms, times }));
    const ms = performance.now() - startedAt;
    return {
      ...{ kind: "recall", ms, commands, hits, notices, basis, foreignHits },
      ...{ embedMs: timings.embedMs, failure: null },
    };
  } catch (error) {
    const failure = failureOf(error);
    return { kind: "recall", ms: performance.now() - startedAt, ...none, failure };
  }
}

/** Newest first in Redis, oldest first in the prompt. */
async function readHistory(store: Store, key: Buffer, count: number) {
  if (count === 0) {
    const history: HistoryStep = { kind: "history", ms: 0, commands: [], read: 0, odd: 0 };
    return { history, said: [] };
  }
  const { result, ms, commands } = await watched(store, (watching) =>
    watching.command("LRANGE", key, 0, count - 1),
  );
  const messages = toBuffers(result).reverse().map(readSaid);
  const said = messages.filter((one) => one !== null);
  const history: HistoryStep = {
    ...{ kind: "history", ms, commands },
    ...{ read: messages.length, odd: messages.length - said.length },
  };
  return { history, said };
}

/** Expected failures as a step shows them; anything else goes on. */
export function failureOf(error: unknown): StepFailure {
  if (!(error instanceof SafeError)) throw error;
  const { message, hint } = error.toDto();
  return { message, ...(hint ? { hint } : {}) };
}

/** Does something with a store, with its commands and its time. */
export async function watched<T>(store: Store, work: (watching: Store) => Promise<T>) {
  const { store: watching, commands } = recorded(store);
  const startedAt = performance.now();
  const result = await work(watching);
  return { result, commands, ms: performance.now() - startedAt };
}
