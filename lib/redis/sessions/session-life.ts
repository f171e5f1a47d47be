/** How long a session lives. */
import { SafeError } from "../../errors";
import { touchKeys } from "../keyspace/kept-of-person";
import { noSuchSession, sessionError } from "../messages/session-errors";
import { requireSession, type SessionId } from "../messages/session-key";
import { isError, toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import type { SessionLife } from "./change-schema";
import { STATE_SCRIPT } from "./change-scripts";
import { type Held, stateFrom } from "./held";

export interface LifeInput extends SessionId {
  expireSeconds?: number;
  /** Epoch ms. */
  expireAtMs?: number;
}

type Changed = { result: SessionLife; held: Held };

/** A time that is over would delete the session: PEXPIREAT does so at once. */
const SOONEST_MS = 1_000;

/** @throws SafeError `not_found`, `store_refused`, `invalid_input` for a time that is over */
export async function expireSession(store: Store, input: LifeInput): Promise<SessionLife> {
  return (await changeLife(store, input)).result;
}

/** Take the life away: the session stays until somebody deletes it. @throws SafeError as expireSession */
export async function persistSession(store: Store, input: SessionId): Promise<SessionLife> {
  return (await changeLife(store, input)).result;
}

/** A new life, or none when neither field is given; with what an undo needs. */
export async function changeLife(store: Store, input: LifeInput): Promise<Changed> {
  const { expireSeconds, expireAtMs } = input;
  if (expireAtMs !== undefined && expireAtMs < Date.now() + SOONEST_MS) {
    throw new SafeError("invalid_input", "expireAtMs: must be a time to come", {
      field: "expireAtMs",
      hint: "To remove the session now, delete it.",
    });
  }
  const key = await requireSession(store, input);
  const change: Command =
    expireAtMs !== undefined
      ? ["PEXPIREAT", key, expireAtMs]
      : expireSeconds !== undefined
        ? ["EXPIRE", key, expireSeconds]
        : ["PERSIST", key];
  // PERSIST answers 0 both for a missing key and for one without a life; PTTL tells them apart.
  const replies = await store.transaction([
    ["PEXPIRETIME", key],
    change,
    ["PEXPIRETIME", key],
    ["PTTL", key],
    ["EVAL", STATE_SCRIPT, 1, key],
  ]);
  touchKeys(store, input.userId, key);
  const [formerAtMs, setAtMs, ttlMs] = [toInt(replies[0]), toInt(replies[2]), toInt(replies[3])];
  if (ttlMs === -2) throw noSuchSession();
  const state = replies[4];
  if (isError(state)) throw sessionError(state);
  return {
    result: { nowMs: Date.now(), ttlMs },
    held: { kind: "life", after: stateFrom(state), setAtMs, formerAtMs },
  };
}

/** @throws SafeError `not_found`, `store_refused` */
export async function sessionLife(store: Store, input: SessionId): Promise<SessionLife> {
  const key = await requireSession(store, input);
  const ttlMs = toInt(await store.command("PTTL", key));
  if (ttlMs === -2) throw noSuchSession();
  return { nowMs: Date.now(), ttlMs };
}
