/** The windows in force: the built-in ones, changed and added to by RATE_LIMIT_WINDOWS. */
import { env } from "../../env";
import { SafeError } from "../../errors";
import { BUILT_IN_WINDOWS, type RateLimitWindow, windowOf } from "./windows";

let cached: readonly RateLimitWindow[] | undefined;

/** Shortest first. Read lazily, as all configuration: modules are evaluated at build time, where nothing is set. */
export function rateLimitWindows(): readonly RateLimitWindow[] {
  cached ??= windowsFrom(env().RATE_LIMIT_WINDOWS);
  return cached;
}

/** A configured field that is built in replaces that one; any other is another window. */
export function windowsFrom(
  configured: readonly { field: string; seconds: number; limit: number }[],
): readonly RateLimitWindow[] {
  const own = configured.map(({ field, seconds, limit }) => windowOf(field, seconds, limit));
  const builtIn = BUILT_IN_WINDOWS.filter(({ field }) => !own.some((window) => window.field === field));
  return [...builtIn, ...own].sort((a, b) => a.seconds - b.seconds);
}

export function isWindowName(name: string): boolean {
  return rateLimitWindows().some((window) => window.name === name);
}

/** @throws SafeError `invalid_input` for a name that no window has, for example one that is configured no more. */
export function windowNamed(name: string): RateLimitWindow {
  const window = rateLimitWindows().find((known) => known.name === name);
  if (window) return window;
  const names = rateLimitWindows().map((known) => known.name);
  throw new SafeError("invalid_input", `The window must be one of ${names.join(", ")}.`, { field: "window" });
}
