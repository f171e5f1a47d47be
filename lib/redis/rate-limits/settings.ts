/** Setting limits: the default of a window, or the override of one person. Written to the console's own state. */
import { consoleKeys } from "../console-keys";
import { forgetRecentLimits } from "../limiter/cache";
import { windowNamed } from "../limiter/config";
import { type LimitOverride, overrideField, type SetLimit } from "../limiter/settings";
import { toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import { changeCommands } from "./limit-changes";

/** The operator who changes it. */
export interface SetBy {
  /** Name, as shown. */
  setBy: string;
  setById?: string | null;
}

interface Setting extends SetBy {
  window: string;
  limit: number;
}

/** Set the limit of a window for everyone without an override. Holds from the next request on. */
export async function setDefaultLimit(consoleStore: Store, input: Setting): Promise<SetLimit> {
  const { window, limit, setBy, setById = null } = input;
  const value: SetLimit = { limit, setBy, setById, setAtMs: Date.now() };
  const key = consoleKeys.rateLimitDefaults();
  await write(consoleStore, null, input, value.setAtMs, { limit }, [
    ["HSET", key, windowNamed(window).field, JSON.stringify(value)],
  ]);
  return value;
}

/** Go back to the built-in default of a window. @returns was another one set? */
export async function clearDefaultLimit(
  consoleStore: Store,
  input: { window: string } & SetBy,
): Promise<{ cleared: boolean }> {
  const { field } = windowNamed(input.window);
  const key = consoleKeys.rateLimitDefaults();
  return { cleared: await clear(consoleStore, null, input, key, field) };
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
    setById: input.setById ?? null,
    setAtMs: Date.now(),
  };
  const key = consoleKeys.rateLimitOverrides();
  const field = overrideField(input.userId, windowNamed(input.window));
  const commands: Command[] = [["HSET", key, field, JSON.stringify(value)]];
  if (value.untilMs !== null) commands.push(["HPEXPIREAT", key, value.untilMs, "FIELDS", 1, field]);
  await write(consoleStore, input.userId, input, value.setAtMs, value, commands);
  return value;
}

/** Back to the default for one person's window. @returns was there an override? */
export async function clearLimitOverride(
  consoleStore: Store,
  input: { userId: Buffer; window: string } & SetBy,
): Promise<{ cleared: boolean }> {
  const field = overrideField(input.userId, windowNamed(input.window));
  const key = consoleKeys.rateLimitOverrides();
  return { cleared: await clear(consoleStore, input.userId, input, key, field) };
}

/** A setting and the line that says who made it, in one transaction. */
async function write(
  consoleStore: Store,
  userId: Buffer | null,
  { window, setBy, setById = null }: { window: string } & SetBy,
  atMs: number,
  set: { limit: number | null; untilMs?: number | null; reason?: string | null },
  commands: Command[],
): Promise<void> {
  const { limit, untilMs = null, reason = null } = set;
  const change = { atMs, by: setBy, byId: setById, window, limit, untilMs, reason };
  await consoleStore.transaction([...commands, ...changeCommands(userId, change)]);
  forgetRecentLimits(consoleStore);
}

async function clear(
  consoleStore: Store,
  userId: Buffer | null,
  input: { window: string } & SetBy,
  key: string,
  field: string | Buffer,
): Promise<boolean> {
  // What was not there leaves no line behind: nothing was changed.
  if (toInt(await consoleStore.command("HDEL", key, field)) === 0) return false;
  await write(consoleStore, userId, input, Date.now(), { limit: null }, []);
  return true;
}
