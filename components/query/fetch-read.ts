import type { Result } from "@/lib/errors";
import { ConsoleError } from "./console-error";
import { backgroundMark } from "./presence";
import { COOKIE_CHANGES_MS, reportSignedOut } from "./sign-in-needed";

export type ReadParams = Record<string, string | number | boolean | null | undefined>;
export type ReadOptions = { timeoutMs?: number; signal?: AbortSignal };

/**
 * The browser's side of the read door: GET a JSON route, unwrap its Result.
 * @throws ConsoleError always; `console_unreachable` when no answer came or it was not the console's.
 */
export function fetchRead<T>(path: string, params: ReadParams = {}, options: ReadOptions = {}): Promise<T> {
  return read(withParams(path, params), {}, options);
}

/** The same by POST, for parameters that are personal and must stand in no address. */
export function postRead<T>(path: string, input: object, options: ReadOptions = {}): Promise<T> {
  const request = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(input),
  };
  return read(path, request, options);
}

async function read<T>(address: string, request: RequestInit, options: ReadOptions): Promise<T> {
  let result = await ask<T>(address, request, options);
  if (!result.ok && result.error.code === "signed_out") {
    await new Promise((resolve) => setTimeout(resolve, COOKIE_CHANGES_MS));
    result = await ask<T>(address, request, options);
  }
  if (result.ok) return result.data;
  if (result.error.code === "signed_out") reportSignedOut();
  throw new ConsoleError(result.error);
}

async function ask<T>(address: string, request: RequestInit, options: ReadOptions): Promise<Result<T>> {
  const { timeoutMs = 4000, signal } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(address, {
      ...request,
      headers: { Accept: "application/json", ...backgroundMark(), ...request.headers },
      cache: "no-store",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const result = (await response.json()) as Result<T>;
    if (typeof result?.ok !== "boolean") throw new TypeError("not a Result");
    return result;
  } catch (error) {
    // A query that nobody waits for any more is no failure of the server.
    if (signal?.aborted) throw error;
    throw new ConsoleError({
      code: "console_unreachable",
      timedOut: timeout.aborted,
      message: timeout.aborted
        ? `The console did not answer within ${timeoutMs / 1000} s.`
        : "The console's server does not answer.",
      hint: "It is asked again by itself. If this stays, see whether the console still runs.",
    });
  }
}

function withParams(path: string, params: ReadParams): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}${path.includes("?") ? "&" : "?"}${text}` : path;
}
