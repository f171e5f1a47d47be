/**
 * Who answers: a chat endpoint that speaks OpenAI's API (POST {model, messages} → {choices: [{message: {content}}]}), or
 * an echo that says it is one.
 */
import { askEndpoint } from "../../embeddings/ask-endpoint";
import { type Budget, type Endpoint, endpointFailure } from "../../embeddings/endpoint";
import { startOf } from "../../embeddings/odd-texts";
import { env } from "../../env";
import { REPLY_MAX_CHARS } from "./rules";
import type { PromptMessage } from "./types";

export interface ChatOptions {
  url: string;
  model: string;
  apiKey?: string | undefined;
  /** For tests. */
  budget?: Partial<Budget>;
}

/** Somebody waits for it, and a small machine writes slowly. An answer that came too late is not asked for twice. */
const BUDGET: Budget = {
  patience: "query",
  attemptMs: 60_000,
  totalMs: 60_000,
  attempts: 2,
  maxAnswerBytes: 1_000_000,
};

/** The configured one; null: an echo answers. */
export function chatOptions(): ChatOptions | null {
  const { CHAT_URL, CHAT_MODEL, CHAT_API_KEY } = env();
  return CHAT_URL && CHAT_MODEL ? { url: CHAT_URL, model: CHAT_MODEL, apiKey: CHAT_API_KEY } : null;
}

/** @throws SafeError `chat_failed`; it speaks of the endpoint, never of what was said */
export async function askChat(options: ChatOptions, messages: readonly PromptMessage[]): Promise<string> {
  const endpoint: Endpoint = {
    ...{ what: "chat endpoint", code: "chat_failed", variables: "CHAT" },
    ...{ url: options.url, apiKey: options.apiKey },
  };
  const body = { model: options.model, messages, stream: false };
  return askEndpoint(endpoint, body, { ...BUDGET, ...options.budget }, (answer) => {
    const [choice] = (answer as { choices?: { message?: { content?: unknown } }[] } | null)?.choices ?? [];
    const content = choice?.message?.content;
    if (typeof content !== "string" || content.trim() === "") {
      throw endpointFailure(endpoint, "gave no text", "Check that CHAT_URL leads to chat completions.");
    }
    return startOf(content, REPLY_MAX_CHARS);
  });
}

/** Without an endpoint: says so, and what it was given. */
export function echo(messages: readonly PromptMessage[]): string {
  const said = messages.findLast(({ role }) => role === "user")?.content ?? "";
  const count = messages.length === 1 ? "1 message" : `${messages.length} messages`;
  return `(An echo: no chat endpoint is configured.) You said “${startOf(said, 500)}”, and I was given ${count}.`;
}
