/** Setting limits: the default of a window, or the override of one person. Written to the console's own state. */
import { SafeError } from "../../errors";
import { consoleKeys } from "../console-keys";
import { forgetRecentLimits } from "../limiter/cache";
import { windowNamed } from "../limiter/config";
import { type LimitOverride, overrideField, type SetLimit, setAtMsOf } from "../limiter/settings";
import { toBufferOrNull, toText } from "../store/reply";
import type { Store } from "../store/store";
import { changesKey, KEEP_LINE } from "./limit-changes";

/** The operator who changes it. */
export interface SetBy {
  /** Name, as shown. */
  setBy: string;
  setById?: string | null;
  /**
   * `setAtMs` of the setting that the operator saw, null where they saw none: another one is not replaced. Without it
   * whatever is there is replaced.
   */
  seenSetAtMs?: number | null | undefined;
}

interface Setting extends SetBy {
  window: string;
  limit: number;
}

/**
 * Set the limit of a window for everyone without an override. Holds from the next request on.
 * @throws SafeError `conflict` when another setting than the one that was seen is there
 */
export async function setDefaultLimit(consoleStore: Store, input: Setting): Promise<SetLimit> {
  const { window, limit, setBy, setById = null } = input;
  const value: SetLimit = { limit, setBy, setById, setAtMs: Date.now() };
  const key = consoleKeys.rateLimitDefaults();
  const field = Buffer.from(windowNamed(window).field);
  await change(consoleStore, null, { key, field, value }, input);
  return value;
}

/** Go back to the built-in default of a window. @returns was another one set? @throws like {@link setDefaultLimit} */
export async function clearDefaultLimit(
  consoleStore: Store,
  input: { window: string } & SetBy,
): Promise<{ cleared: boolean }> {
  const field = Buffer.from(windowNamed(input.window).field);
  const key = consoleKeys.rateLimitDefaults();
  return { cleared: await change(consoleStore, null, { key, field, value: null }, input) };
}

/**
 * Set another limit for one person's window, for ever or until a time. Replaces the override that was there, its
 * end included. One script { HSET, HPEXPIREAT }: an override with an end never stays without it.
 * @param input.untilMs epoch ms, in the future by Redis's clock
 * @throws like {@link setDefaultLimit}
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
  await change(consoleStore, input.userId, { key, field, value }, input);
  return value;
}

/** Back to the default for one person's window. @returns was there an override? @throws like {@link setDefaultLimit} */
export async function clearLimitOverride(
  consoleStore: Store,
  input: { userId: Buffer; window: string } & SetBy,
): Promise<{ cleared: boolean }> {
  const field = overrideField(input.userId, windowNamed(input.window));
  const key = consoleKeys.rateLimitOverrides();
  return { cleared: await change(consoleStore, input.userId, { key, field, value: null }, input) };
}

/**
 * A setting and the line that says who made it, together; nothing where the field is not what it was when it was
 * looked at.
 */
const CHANGE = `
local field, compares, expected, value, untilMs, line = unpack(ARGV)
local was = redis.call('HGET', KEYS[1], field)
if compares == '1' and (was or '') ~= expected then return 'changed' end
if value ~= '' then
  redis.call('HSET', KEYS[1], field, value)
  if untilMs ~= '' then redis.call('HPEXPIREAT', KEYS[1], untilMs, 'FIELDS', 1, field) end
elseif was then
  redis.call('HDEL', KEYS[1], field)
else
  return 'none'
end
${KEEP_LINE}
return 'done'`;

interface Change {
  key: string;
  field: Buffer;
  /** null takes the setting away. */
  value: (SetLimit & Partial<LimitOverride>) | null;
}

/** @returns false when there was nothing to take away: that leaves no line behind */
async function change(
  consoleStore: Store,
  userId: Buffer | null,
  { key, field, value }: Change,
  { window, setBy, setById = null, seenSetAtMs }: { window: string } & SetBy,
): Promise<boolean> {
  const compares = seenSetAtMs !== undefined;
  const was = compares ? toBufferOrNull(await consoleStore.command("HGET", key, field)) : null;
  if (compares && setAtMsOf(was) !== seenSetAtMs) throw changedMeanwhile();
  const { limit = null, untilMs = null, reason = null, setAtMs = Date.now() } = value ?? {};
  const line = { atMs: setAtMs, by: setBy, byId: setById, window, limit, untilMs, reason };
  const words = [field, compares ? 1 : 0, was ?? "", value ? JSON.stringify(value) : "", untilMs ?? ""];
  const keys = [key, changesKey(userId)];
  const answer = toText(
    await consoleStore.command("EVAL", CHANGE, keys.length, ...keys, ...words, JSON.stringify(line)),
  );
  if (answer === "changed") throw changedMeanwhile();
  forgetRecentLimits(consoleStore);
  return answer === "done";
}

function changedMeanwhile(): SafeError {
  return new SafeError("conflict", "This limit was changed meanwhile, or has ended, so nothing was set.", {
    hint: "Look at what holds now, and set it again if it is still wanted.",
  });
}
