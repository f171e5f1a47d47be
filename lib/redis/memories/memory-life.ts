/** How long a memory lives. */
import { SafeError } from "../../errors";
import { touchKeys } from "../keyspace/kept-of-person";
import { toArray, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Arg } from "../store/wire";
import type { MemoryChange } from "./history-schema";
import { keyOf, type MemoryName, sealMemory } from "./memory-ref";
import { notTheirs } from "./ownership";
import type { Held } from "./undo";
import { OWNED_LUA } from "./version";

/** Both left out: it lives until somebody deletes it. */
export interface MemoryLifeInput {
  expireSeconds?: number;
  /** Epoch ms. */
  expireAtMs?: number;
}

export interface MemoryLife {
  nowMs: number;
  /** null: no end. */
  ttlMs: number | null;
}

/** KEYS[1] · ARGV user, command or PERSIST, its argument. → {what is wrong} | {'ok', PEXPIRETIME before, after, PTTL} */
const LIFE = `
${OWNED_LUA}
local key = KEYS[1]
local state = owned(key, ARGV[1])
if state ~= 'ok' then return {state} end
local former = redis.call('PEXPIRETIME', key)
if ARGV[2] == 'PERSIST' then redis.call('PERSIST', key) else redis.call(ARGV[2], key, ARGV[3]) end
return {'ok', former, redis.call('PEXPIRETIME', key), redis.call('PTTL', key)}`;

/** A time that is over would delete the memory: PEXPIREAT does so at once. */
const SOONEST_MS = 1_000;

export interface ChangedLife {
  result: MemoryLife;
  held: Held;
  change: MemoryChange;
}

/** @throws SafeError `not_found`, `conflict`, `invalid_input` for a time that is over */
export async function changeMemoryLife(
  store: Store,
  input: MemoryLifeInput & { userId: Buffer; memory: MemoryName },
): Promise<ChangedLife> {
  const { userId, memory, expireSeconds, expireAtMs } = input;
  requireFuture(expireAtMs);
  const key = keyOf(userId, memory);
  const command: Arg[] =
    expireAtMs !== undefined
      ? ["PEXPIREAT", expireAtMs]
      : expireSeconds !== undefined
        ? ["EXPIRE", expireSeconds]
        : ["PERSIST"];
  try {
    const reply = toArray(await store.command("EVAL", LIFE, 1, key, userId, ...command));
    const state = toText(reply[0]);
    if (state !== "ok") throw notTheirs(state);
    const [formerAtMs, setAtMs, ttlMs] = [toInt(reply[1]), toInt(reply[2]), toInt(reply[3])];
    return {
      result: { nowMs: Date.now(), ttlMs: ttlMs < 0 ? null : ttlMs },
      held: { kind: "life", memory: sealMemory(memory), setAtMs, formerAtMs },
      change: { what: "life", before: endOf(formerAtMs), after: endOf(setAtMs) },
    };
  } finally {
    touchKeys(store, userId, key);
  }
}

export function requireFuture(expireAtMs: number | undefined): void {
  if (expireAtMs === undefined || expireAtMs >= Date.now() + SOONEST_MS) return;
  throw new SafeError("invalid_input", "expireAtMs: must be a time to come", {
    field: "expireAtMs",
    hint: "To remove the memory now, delete it.",
  });
}

function endOf(atMs: number): string | null {
  return atMs < 0 ? null : String(atMs);
}
