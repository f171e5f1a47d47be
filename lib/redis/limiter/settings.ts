/**
 * Which limit holds for whom. The assistant stores none in Redis; the console keeps them in its own state:
 *
 *   console:rate-limits:defaults    hash  {window field} → JSON {limit, setBy, setById, setAtMs}
 *   console:rate-limits:overrides   hash  {window field}:{user id bytes} → JSON {limit, untilMs, reason, and as above}
 *
 * An override with an end is a field with a life (HPEXPIREAT): Redis itself takes it away on time, and nobody
 * compares clocks. Shared by the limits of one person and by whatever judges many.
 */
import { consoleKeys } from "../console-keys";
import { toArray, toBufferOrNull, toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg } from "../store/wire";
import { rateLimitWindows } from "./config";
import type { RateLimitWindow } from "./windows";

export interface SetLimit {
  /** Requests in one window. */
  limit: number;
  /** The operator's name at the time. */
  setBy: string;
  /** The operator's id; null in settings from before it was kept. */
  setById: string | null;
  /** Epoch ms. */
  setAtMs: number;
}

export interface LimitOverride extends SetLimit {
  /** Epoch ms of its end, null for no end. */
  untilMs: number | null;
  reason: string | null;
}

export interface EffectiveLimit {
  /** The limit in force. */
  limit: number;
  source: "default" | "override";
  /** What holds without the override. */
  defaultLimit: number;
  /** Who set the default, null while it is the built-in one. */
  defaultSetBy: SetLimit | null;
  override: LimitOverride | null;
}

/** Field of the overrides hash. Window fields hold no `:`, so what follows the first one is the id, whatever its bytes. */
export function overrideField(userId: Buffer, window: RateLimitWindow): Buffer {
  return Buffer.concat([Buffer.from(`${window.field}:`), userId]);
}

/**
 * The limits of some people, in one round trip.
 * @returns per person, in order, one {@link EffectiveLimit} per window, in order
 */
export async function readLimits(
  consoleStore: Store,
  userIds: readonly Buffer[],
  windows: readonly RateLimitWindow[] = rateLimitWindows(),
): Promise<EffectiveLimit[][]> {
  if (userIds.length === 0 || windows.length === 0) return userIds.map(() => []);
  const overrideFields = userIds.flatMap((userId) => windows.map((window) => overrideField(userId, window)));
  const [defaults, overrides] = await consoleStore.pipeline([
    ["HMGET", consoleKeys.rateLimitDefaults(), ...windows.map((window) => window.field)],
    ["HMGET", consoleKeys.rateLimitOverrides(), ...(overrideFields as Arg[])],
  ]);
  const setDefaults = toArray(defaults).map((reply) => parseSetLimit(toBufferOrNull(reply)));
  const setOverrides = toArray(overrides).map((reply) => parseOverride(toBufferOrNull(reply)));
  return userIds.map((_, user) =>
    windows.map((window, at) =>
      effective(window, setDefaults[at] ?? null, setOverrides[user * windows.length + at] ?? null),
    ),
  );
}

/** What somebody set for everyone, per window in order; null where the built-in limit holds. */
export async function readDefaults(
  consoleStore: Store,
  windows: readonly RateLimitWindow[] = rateLimitWindows(),
): Promise<(SetLimit | null)[]> {
  const fields = windows.map((window) => window.field);
  const replies = toArray(await consoleStore.command("HMGET", consoleKeys.rateLimitDefaults(), ...fields));
  return replies.map((reply) => {
    const value = parseSetLimit(toBufferOrNull(reply));
    return (
      value && { limit: value.limit, setBy: value.setBy, setById: value.setById, setAtMs: value.setAtMs }
    );
  });
}

function effective(
  window: RateLimitWindow,
  defaultSetBy: SetLimit | null,
  override: LimitOverride | null,
): EffectiveLimit {
  const defaultLimit = defaultSetBy?.limit ?? window.defaultLimit;
  return {
    limit: override?.limit ?? defaultLimit,
    source: override ? "override" : "default",
    defaultLimit,
    defaultSetBy,
    override,
  };
}

/** The limits that hold where nobody set any, for when the console's own state cannot be read. */
export function builtInLimits(windows: readonly RateLimitWindow[] = rateLimitWindows()): EffectiveLimit[] {
  return windows.map((window) => effective(window, null, null));
}

/** @returns how many overrides a person has */
export async function countOverrides(consoleStore: Store, userId: Buffer): Promise<number> {
  const key = consoleKeys.rateLimitOverrides();
  const values = toArray(await consoleStore.command("HMGET", key, ...overrideFieldsOf(userId)));
  return values.filter((value) => value !== null).length;
}

/** Take away every override of a person, for an erasure: their id must not stay behind here. @returns how many */
export async function forgetOverrides(consoleStore: Store, userId: Buffer): Promise<number> {
  const key = consoleKeys.rateLimitOverrides();
  return toInt(await consoleStore.command("HDEL", key, ...overrideFieldsOf(userId)));
}

function overrideFieldsOf(userId: Buffer): Buffer[] {
  return rateLimitWindows().map((window) => overrideField(userId, window));
}

/** A value this console did not write counts as none, rather than breaking every page that shows a limit. */
function parseSetLimit(raw: Buffer | null): (SetLimit & Record<string, unknown>) | null {
  if (!raw) return null;
  let value: unknown;
  try {
    value = JSON.parse(raw.toString("utf8"));
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { limit, setBy, setById, setAtMs } = value as Record<string, unknown>;
  if (!Number.isSafeInteger(limit) || (limit as number) < 1) return null;
  if (typeof setBy !== "string" || typeof setAtMs !== "number") return null;
  const by = { setBy, setById: typeof setById === "string" ? setById : null };
  return { ...value, limit: limit as number, ...by, setAtMs };
}

/** When a stored setting was made, epoch ms; null for none, and for a value that counts as none. */
export function setAtMsOf(raw: Buffer | null): number | null {
  return parseSetLimit(raw)?.setAtMs ?? null;
}

function parseOverride(raw: Buffer | null): LimitOverride | null {
  const value = parseSetLimit(raw);
  if (!value) return null;
  return {
    limit: value.limit,
    setBy: value.setBy,
    setById: value.setById,
    setAtMs: value.setAtMs,
    untilMs: typeof value.untilMs === "number" ? value.untilMs : null,
    reason: typeof value.reason === "string" ? value.reason : null,
  };
}
