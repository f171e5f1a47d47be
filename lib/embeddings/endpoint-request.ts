/** One request to a model's endpoint: the answer's JSON, or how it failed and whether to ask again. */
import type { SafeError } from "../errors";
import { type Budget, type Endpoint, endpointFailure } from "./endpoint";
import { readUpTo } from "./read-up-to";

export interface Failed {
  failure: SafeError;
  /** May another attempt end otherwise? */
  again: boolean;
  /** It said that it is asked too much, not that something is wrong. */
  busy: boolean;
  /** What its Retry-After says, in ms from now. */
  afterMs: number | null;
}

export type Attempt = { answer: unknown } | Failed;

/** @throws only when `signal` was aborted */
export async function attemptRequest(
  endpoint: Endpoint,
  body: string,
  budget: Budget,
  signal: AbortSignal,
): Promise<Attempt> {
  const slow = AbortSignal.timeout(budget.attemptMs);
  const failed = (failure: SafeError, rest: Partial<Failed> = {}): Failed => ({
    ...{ again: false, busy: false, afterMs: null, ...rest },
    failure,
  });
  let answered = false;
  try {
    const response = await fetch(endpoint.url, {
      method: "POST",
      // Followed, it would carry the key and the text to whoever the answer names.
      redirect: "manual",
      signal: AbortSignal.any([signal, slow]),
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        ...(endpoint.apiKey ? { Authorization: `Bearer ${endpoint.apiKey}` } : {}),
      },
      body,
    });
    answered = true;
    if (!response.ok) {
      await response.body?.cancel();
      return failed(refusal(endpoint, response.status), triesAgain(response));
    }
    const text = await readUpTo(response, budget.maxAnswerBytes);
    if (text === null) {
      const most = `${budget.maxAnswerBytes / 1_000_000} MB`;
      return failed(endpointFailure(endpoint, `answered with more than ${most}`));
    }
    return parsed(text) ?? failed(endpointFailure(endpoint, "did not answer with JSON"));
  } catch (error) {
    signal.throwIfAborted();
    if (slow.aborted) {
      const did = `did not answer within ${budget.attemptMs / 1000} s`;
      return failed(endpointFailure(endpoint, did), { again: true });
    }
    if (!(error instanceof TypeError)) throw error;
    const did = answered ? "broke off in the middle of its answer" : "cannot be reached";
    return failed(endpointFailure(endpoint, did), { again: true });
  }
}

function parsed(text: string): { answer: unknown } | null {
  try {
    return { answer: JSON.parse(text) };
  } catch {
    return null;
  }
}

function refusal(endpoint: Endpoint, status: number): SafeError {
  const { variables } = endpoint;
  if (status >= 300 && status < 400) {
    const hint = `Set ${variables}_URL to where it leads; redirects are not followed.`;
    return endpointFailure(endpoint, `answered ${status}: it redirects elsewhere`, hint);
  }
  if (status === 401 || status === 403) {
    return endpointFailure(endpoint, `answered ${status}`, `Check ${variables}_API_KEY.`);
  }
  if (status === 429)
    return endpointFailure(endpoint, "answered 429: it is asked too much", "Try again later.");
  if (status >= 500) return endpointFailure(endpoint, `answered ${status}`, "Its own log may say why.");
  return endpointFailure(endpoint, `answered ${status}`, `Check ${variables}_URL and ${variables}_MODEL.`);
}

function triesAgain(response: Response): Partial<Failed> {
  const { status } = response;
  const busy = status === 429 || status === 503;
  const again = busy || status === 408 || status >= 500;
  return { again, busy, afterMs: busy ? retryAfterMs(response.headers.get("retry-after")) : null };
}

/** Seconds, or a date (RFC 9110, 10.2.3). @returns ms from now, null when it says nothing */
export function retryAfterMs(header: string | null, nowMs = Date.now()): number | null {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // Date.parse takes “-5” and “2.5” for years.
  const atMs = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
