/** The counters of many people at once, judged: two round trips for each few hundred of them. */
import { displayBytes } from "../../bytes";
import { sealRef } from "../../refs";
import { rateLimitKey } from "../keys";
import { rateLimitWindows } from "../limiter/config";
import { MAX_VALUE_BYTES, redisClock, shortOnly } from "../limiter/counters";
import { builtInLimits, type EffectiveLimit, readLimits } from "../limiter/settings";
import { endingTogether, judgeWindow, withShortLife } from "../limiter/windows";
import { isError, toArray, toBufferOrNull, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import type { KeyTrouble, LimitPerson, PersonWindow } from "./schema";

const CHUNK = 250;

/** A person before there is a reference to send: sealing one costs more than judging the counters. */
export interface PersonCounters {
  userId: Buffer;
  windows: PersonWindow[];
  keyTrouble: KeyTrouble | null;
}

export interface PeopleCounters {
  people: PersonCounters[];
  nowMs: number;
  clockOffsetMs: number;
  limitsKnown: boolean;
  /** When the first of their own limits ends, epoch ms; null where none does. */
  limitsEndMs: number | null;
}

/** Those who have no counters now, and nothing else in their place, are left out. */
export async function readPeople(
  store: Store,
  consoleStore: Store,
  userIds: readonly Buffer[],
): Promise<PeopleCounters> {
  const sentAtMs = Date.now();
  const [time] = await store.pipeline([["TIME"]]);
  const clock = redisClock(time, sentAtMs, Date.now());
  const people: PersonCounters[] = [];
  let limitsKnown = true;
  const limitEnds: number[] = [];
  for (let from = 0; from < userIds.length; from += CHUNK) {
    const chunk = userIds.slice(from, from + CHUNK);
    const [found, limits] = await Promise.all([
      readChunk(store, chunk),
      readLimits(consoleStore, chunk).catch(() => null),
    ]);
    limitsKnown &&= limits !== null;
    chunk.forEach((userId, at) => {
      const person = { ...found[at]!, limits: limits?.[at] ?? builtInLimits() };
      const windows = judged(person.counters, person.limits);
      if (windows.length === 0 && !person.keyTrouble) return;
      people.push({ userId, windows, keyTrouble: person.keyTrouble });
      limitEnds.push(...person.limits.flatMap(({ override }) => override?.untilMs ?? []));
    });
  }
  const limitsEndMs = limitEnds.length === 0 ? null : Math.min(...limitEnds);
  return { people, ...clock, limitsKnown, limitsEndMs };
}

interface OfPerson {
  counters: Found | null;
  keyTrouble: KeyTrouble | null;
}

/** Replies of HMGET, HPTTL, PTTL and the moment at which they were true. */
interface Found {
  values: Reply[];
  lives: Reply[];
  keyLife: number;
  lengths: number[];
  atMs: number;
}

async function readChunk(store: Store, userIds: readonly Buffer[]): Promise<OfPerson[]> {
  const fields = rateLimitWindows().map(({ field }) => Buffer.from(field));
  const keys = userIds.map((userId) => rateLimitKey(userId));
  // Lengths before values: a counter has a few digits, and what stands in its place may be of any size.
  const sizes = await store.pipeline(
    keys.flatMap((key) => fields.map((field): Command => ["HSTRLEN", key, field])),
  );
  const lengthsOf = keys.map((_, at) => sizes.slice(at * fields.length, (at + 1) * fields.length));
  const there = keys.map((_, at) =>
    lengthsOf[at]!.every((size) => !isError(size)) ? lengthsOf[at]!.map((size) => toInt(size)) : null,
  );
  const replies = await store.pipeline([
    ["TIME"],
    ...keys.flatMap((key, at): Command[] => {
      const lengths = there[at];
      // No hash, or none that may be read: TYPE tells which.
      if (!lengths) {
        return [
          ["TYPE", key],
          ["PTTL", key],
        ];
      }
      if (!lengths.some((length) => length > 0)) return [];
      return [
        ["HMGET", key, ...shortOnly(fields, lengths)],
        ["HPTTL", key, "FIELDS", fields.length, ...fields],
        ["PTTL", key],
      ];
    }),
  ]);
  const { nowMs: atMs } = redisClock(replies[0], Date.now(), Date.now());
  let next = 1;
  return there.map((lengths): OfPerson => {
    if (!lengths) {
      const [type, life] = replies.slice(next, next + 2);
      next += 2;
      return { counters: null, keyTrouble: wrongType(type, life, atMs) };
    }
    if (!lengths.some((length) => length > 0)) return NOTHING;
    const [values, lives, life] = replies.slice(next, next + 3);
    next += 3;
    if (isError(values) || isError(lives) || isError(life)) return NOTHING;
    const keyLife = toInt(life);
    return {
      counters: { values: toArray(values), lives: toArray(lives), keyLife, lengths, atMs },
      keyTrouble: keyLife < 0 ? null : { kind: "key-life", type: "hash", endsAtMs: atMs + keyLife },
    };
  });
}

const NOTHING: OfPerson = { counters: null, keyTrouble: null };

function wrongType(
  type: Reply | Error | undefined,
  life: Reply | Error | undefined,
  atMs: number,
): KeyTrouble | null {
  if (isError(type) || isError(life)) return null;
  const name = toText(type);
  if (name === "hash" || name === "none") return null;
  const lifeMs = toInt(life);
  return { kind: "wrong-type", type: name, endsAtMs: lifeMs < 0 ? null : atMs + lifeMs };
}

function judged(found: Found | null, limits: readonly EffectiveLimit[]): PersonWindow[] {
  if (!found) return [];
  const windows = rateLimitWindows();
  const lives = found.lives.map((life) => toInt(life));
  const together = endingTogether(
    windows,
    lives.map((life) => (life < 0 ? null : life)),
  );
  return windows.flatMap((window, at): PersonWindow[] => {
    const isLong = found.lengths[at]! > MAX_VALUE_BYTES;
    const value = isLong ? Buffer.from("too long") : toBufferOrNull(found.values[at]);
    const { limit, source } = limits[at]!;
    const alone = judgeWindow(window, value, lives[at]!, limit);
    const { state, count, blocked, resetInMs } = together[at] === null ? alone : withShortLife(alone);
    if (state === "unused") return [];
    const ends = [resetInMs ?? Number.POSITIVE_INFINITY, found.keyLife < 0 ? Infinity : found.keyLife];
    const endMs = Math.min(...ends);
    const resetAtMs = Number.isFinite(endMs) ? found.atMs + endMs : null;
    const { name, period } = window;
    const valueText = state === "too-large" && value ? displayBytes(value) : null;
    return [{ name, period, state, count, valueText, blocked, limit, limitSource: source, resetAtMs }];
  });
}

export function toLimitPerson({ userId, windows, keyTrouble }: PersonCounters): LimitPerson {
  return { userRef: sealRef("user", userId), label: displayBytes(userId), windows, keyTrouble };
}
