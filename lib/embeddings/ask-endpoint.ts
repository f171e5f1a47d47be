/**
 * How a configured model's HTTP endpoint is asked: POST of JSON, no redirect followed, so much read and no more, so many
 * questions at once, patience with one that is busy, and an end to all of it. Errors speak of the endpoint, never of what
 * was sent or answered.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { SafeError } from "../errors";
import { perProcess } from "../per-process";
import { type Budget, type Endpoint, endpointFailure } from "./endpoint";
import { attemptRequest, type Failed } from "./endpoint-request";
import { Turns } from "./turns";

/** Questions at once to one endpoint, and how many of them a batch may have: a query finds a place free. */
const AT_ONCE = 4;
export const AT_ONCE_FOR_BATCHES = 3;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

interface Known {
  turns: Turns;
  /** It said that it is busy: nobody of this process asks before. */
  notBeforeMs: number;
}

/** The state of one address, shared by whoever asks it. */
function known(url: string): Known {
  const all = perProcess("model-endpoints", () => new Map<string, Known>());
  const state = all.get(url) ?? { turns: new Turns(AT_ONCE, AT_ONCE_FOR_BATCHES), notBeforeMs: 0 };
  all.set(url, state);
  return state;
}

/**
 * One question, tried again while that may help: not reached, cut off, too slow, 408, 429 and 5xx. A Retry-After is kept
 * to; one that is longer than the budget ends it at once.
 * @param read makes something of the answer's JSON; what it throws is not tried again
 * @param signal gives up for another reason than the budget
 */
export async function askEndpoint<T>(
  endpoint: Endpoint,
  body: object,
  budget: Budget,
  read: (answer: unknown) => T,
  signal?: AbortSignal,
): Promise<T> {
  const endsAtMs = Date.now() + budget.totalMs;
  const end = AbortSignal.timeout(budget.totalMs);
  const given = signal ? AbortSignal.any([end, signal]) : end;
  const state = known(endpoint.url);
  let last: SafeError | null = null;
  try {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await state.turns.run(
        budget.patience,
        async () => {
          await pause(endpoint, state, endsAtMs, last, given);
          return attemptRequest(endpoint, JSON.stringify(body), budget, given);
        },
        given,
      );
      if (!("failure" in outcome)) return read(outcome.answer);
      last = outcome.failure;
      if (!outcome.again || attempt === budget.attempts) throw outcome.failure;
      const waitMs = pauseMs(attempt, outcome);
      if (outcome.busy) state.notBeforeMs = Math.max(state.notBeforeMs, Date.now() + waitMs);
      if (Date.now() + waitMs >= endsAtMs) throw tooLong(outcome, waitMs);
      await sleep(waitMs, undefined, { signal: given });
    }
  } catch (error) {
    if (error instanceof SafeError) throw error;
    // Ended while it waited for its turn or between two attempts: what it waited for says more than that it waited.
    if (end.aborted) throw last ?? slow(endpoint, budget.totalMs);
    throw error;
  }
}

/** Backing off, each a little otherwise than the others; never sooner than what was asked for. */
function pauseMs(attempt: number, { afterMs }: Failed): number {
  const own = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
  if (afterMs === null) return own * (0.5 + Math.random() / 2);
  return afterMs + Math.random() * Math.min(own, 250);
}

/** Another question was told to wait: this one waits as well, or says at once that it cannot. */
async function pause(
  endpoint: Endpoint,
  state: Known,
  endsAtMs: number,
  last: SafeError | null,
  signal: AbortSignal,
): Promise<void> {
  const waitMs = state.notBeforeMs - Date.now();
  if (waitMs <= 0) return;
  if (state.notBeforeMs >= endsAtMs) {
    throw last ?? endpointFailure(endpoint, "is busy", againIn(waitMs));
  }
  await sleep(waitMs, undefined, { signal });
}

function tooLong({ failure, afterMs }: Failed, waitMs: number): SafeError {
  if (afterMs === null) return failure;
  return new SafeError(failure.code, failure.message, { hint: againIn(waitMs) });
}

function againIn(waitMs: number): string {
  return `It asks for a pause. Try again in ${Math.ceil(waitMs / 1000)} s.`;
}

function slow(endpoint: Endpoint, ms: number): SafeError {
  return endpointFailure(endpoint, `did not answer within ${ms / 1000} s`);
}
