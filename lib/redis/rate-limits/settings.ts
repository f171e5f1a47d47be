/** Setting limits: the default of a window, or the override of one person. Written to the console's own state. */
import { consoleKeys } from "../console-keys";
import { type LimitOverride, overrideField, type SetLimit } from "../rate-limit-settings";
import { type RateLimitWindowName, windowNamed } from "../rate-limit-windows";
import { toInt } from "../reply";
import type { Command, Store } from "../store";

interface Setting {
  window: RateLimitWindowName;
  limit: number;
  /** Operator id. */
  setBy: string;
}

/** Set the limit of a window for everyone without an override. Holds from the next request on. */
export async function setDefaultLimit(
  consoleStore: Store,
  { window, limit, setBy }: Setting,
): Promise<SetLimit> {
  const value: SetLimit = { limit, setBy, setAtMs: Date.now() };
  await consoleStore.command(
    "HSET",
    consoleKeys.rateLimitDefaults(),
    windowNamed(window).field,
    JSON.stringify(value),
  );
  return value;
}

/** Go back to the built-in default of a window. @returns was another one set? */
export async function clearDefaultLimit(
  consoleStore: Store,
  { window }: { window: RateLimitWindowName },
): Promise<{ cleared: boolean }> {
  const removed = await consoleStore.command(
    "HDEL",
    consoleKeys.rateLimitDefaults(),
    windowNamed(window).field,
  );
  return { cleared: toInt(removed) === 1 };
}

/**
 * Set another limit for one person's window, for ever or until a time. Replaces the override that was there, its
 * end included. One MULTI { HSET, HPEXPIREAT }: an override with an end never stays without it.
 * @param input.untilMs epoch ms, in the future by Redis's clock
 */
export async function setLimitOverride(
  consoleStore: Store,
  input: Setting & { userId: Buffer; untilMs?: number | undefined; reason?: string | undefined },
): Promise<LimitOverride> {
  const value: LimitOverride = {
    limit: input.limit,
    untilMs: input.untilMs ?? null,
    reason: input.reason || null,
    setBy: input.setBy,
    setAtMs: Date.now(),
  };
  const key = consoleKeys.rateLimitOverrides();
  const field = overrideField(input.userId, windowNamed(input.window));
  const commands: Command[] = [["HSET", key, field, JSON.stringify(value)]];
  if (value.untilMs !== null) commands.push(["HPEXPIREAT", key, value.untilMs, "FIELDS", 1, field]);
  await consoleStore.transaction(commands);
  return value;
}

/** Back to the default for one person's window. @returns was there an override? */
export async function clearLimitOverride(
  consoleStore: Store,
  { userId, window }: { userId: Buffer; window: RateLimitWindowName },
): Promise<{ cleared: boolean }> {
  const field = overrideField(userId, windowNamed(window));
  const removed = await consoleStore.command("HDEL", consoleKeys.rateLimitOverrides(), field);
  return { cleared: toInt(removed) === 1 };
}
