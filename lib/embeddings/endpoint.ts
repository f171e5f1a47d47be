/** A model behind an HTTP address: how it is configured, how long it is waited for, what its errors say. */
import { type ErrorCode, SafeError } from "../errors";
import type { Patience } from "./types";

export interface Endpoint {
  /** What its errors call it. */
  what: "embedding endpoint" | "chat endpoint";
  code: ErrorCode;
  /** How the variables begin that configure it. */
  variables: "EMBEDDINGS" | "EMBEDDINGS_NEXT" | "CHAT";
  url: string;
  apiKey?: string | undefined;
}

export interface Budget {
  patience: Patience;
  /** For one attempt, from its sending to the answer's end. */
  attemptMs: number;
  /** For all of it: turns, attempts and the pauses between them. */
  totalMs: number;
  attempts: number;
  maxAnswerBytes: number;
}

/** An error that says what the endpoint did. */
export function endpointFailure(
  { what, code, variables }: Endpoint,
  did: string,
  hint = `Check ${variables}_URL and that the endpoint runs.`,
): SafeError {
  return new SafeError(code, `The ${what} ${did}.`, { hint });
}
