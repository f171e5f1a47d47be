/** The assistant's answer: asked of the chat endpoint, or echoed, and appended. */

import { SafeError } from "../../errors";
import { subjectOf } from "../../subjects";
import { keyOfSession } from "../messages/session-key";
import type { Store } from "../store/store";
import { askChat, type ChatOptions, echo } from "./chat";
import type { PlaygroundSettings } from "./rules";
import { keepPrompt, keptPrompt, noteTouched, requireRun } from "./run-state";
import { appendStep, failureOf } from "./turn";
import type { PromptMessage, ReplyResult, ReplyStep } from "./types";

export interface ReplyInput {
  userId: Buffer;
  settings: PlaygroundSettings;
}

/**
 * Of the prompt that the last message was put into.
 * @param chat null: an echo answers
 * @returns `failed` when the endpoint gave nothing: then nothing is appended either, and it may be asked again
 * @throws SafeError `conflict` when no message waits for an answer
 */
export async function replyTo(
  store: Store,
  consoleStore: Store,
  chat: ChatOptions | null,
  input: ReplyInput,
): Promise<ReplyResult> {
  const { userId, settings } = input;
  const subject = subjectOf(userId);
  const run = await requireRun(consoleStore, subject);
  const prompt = await keptPrompt(consoleStore, subject);
  if (!prompt) {
    throw new SafeError("conflict", "There is no message that waits for an answer.", {
      hint: "It was answered already. Send another one.",
    });
  }
  const reply = await replyStep(chat, prompt);
  if (reply.text === null) return { outcome: "failed", text: null, steps: [reply] };
  const sessionId = Buffer.from(run.session, "base64");
  await noteTouched(consoleStore, subject, run, [keyOfSession({ userId, sessionId })]);
  const append = await appendStep(store, run, { userId, type: "ai", content: reply.text, settings });
  await keepPrompt(consoleStore, subject, run, null);
  return { outcome: "replied", text: reply.text, steps: [reply, append] };
}

async function replyStep(chat: ChatOptions | null, prompt: readonly PromptMessage[]): Promise<ReplyStep> {
  const startedAt = performance.now();
  const by = chat ? "chat" : "echo";
  const said: Omit<ReplyStep, "ms" | "text" | "failure"> = {
    ...{ kind: "reply", commands: [], by, model: chat?.model ?? null },
  };
  try {
    const text = chat ? await askChat(chat, prompt) : echo(prompt);
    return { ...said, ms: performance.now() - startedAt, text, failure: null };
  } catch (error) {
    return { ...said, ms: performance.now() - startedAt, text: null, failure: failureOf(error) };
  }
}
