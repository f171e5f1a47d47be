/** Reading what a survey counts, for a batch of keys: three round trips a batch, whatever its size. */
import { type DisputeReason, keyGrammar, rateLimitKey } from "../keys";
import { rateLimitWindows } from "../limiter/config";
import { builtInLimits, type EffectiveLimit, readLimits } from "../limiter/settings";
import { judgeWindow, type WindowJudgement } from "../limiter/windows";
import { isError, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import { approximateSize } from "./approximate-size";
import { claimKeys } from "./claims";
import { type CounterStanding, standingOf } from "./survey-limits";
import type { SurveyClass } from "./survey-schema";
import { activityMs, messageMs } from "./survey-time";

/** Reading the newest message of a list beyond this size could mean megabytes: its time stays unknown. */
export const NEWEST_MESSAGE_MAX_BYTES = 256_000;

/** A key whose place is known. */
export interface PlacedKey {
  key: Buffer;
  type: string;
  class: SurveyClass;
  /** The person its name speaks of, if it speaks of one. */
  owner: Buffer | null;
  dispute: DisputeReason | null;
}

export interface KeyFacts extends PlacedKey {
  /** MEMORY USAGE with its default samples; null when Redis refuses it or the key went meanwhile. */
  sizeBytes: number | null;
  /** null for a key without an end. */
  ttlMs: number | null;
  lastActivityMs: number | null;
  /** Memories: as stored, null when it is no number. */
  importance: number | null;
  /** Memories: length of `embedding`, 0 when there is none. */
  vectorBytes: number | null;
  /** Counters: epoch ms until which the next request is refused. */
  blockedUntilMs: number | null;
  /** Counters: a field without a life of its own, which never counts from 0 again. */
  stuckField: string | null;
  /** Counters: how full, how busy, in trouble or not. */
  counters: CounterStanding | null;
}

/** Facts of those keys that still exist. */
export async function readKeyFacts(
  store: Store,
  consoleStore: Store,
  keys: readonly Buffer[],
): Promise<KeyFacts[]> {
  const prefix = Buffer.from(keyGrammar().prefix);
  const isPersons = (key: Buffer) => key.subarray(0, prefix.length).equals(prefix);
  const [claimed, foreign] = await Promise.all([
    claimKeys(store, keys.filter(isPersons)),
    placeForeign(
      store,
      keys.filter((key) => !isPersons(key)),
    ),
  ]);
  const persons = claimed.map(({ key, type, claim }): PlacedKey => {
    if (claim.dispute === null) {
      return { key, type, class: claim.parsed.class, owner: claim.owner, dispute: null };
    }
    return { key, type, class: "disputed", owner: claim.owner, dispute: claim.dispute };
  });
  return measureKeys(store, consoleStore, [...persons, ...foreign]);
}

/** Keys of nobody. SCAN names them even to a Redis user who may not look at them: then they are counted all the same. */
async function placeForeign(store: Store, keys: readonly Buffer[]): Promise<PlacedKey[]> {
  const types = await store.pipeline(keys.map((key) => ["TYPE", key] as const));
  return keys.flatMap((key, at): PlacedKey[] => {
    const answer = types[at];
    const type = isError(answer) ? "unknown" : toText(answer);
    return type === "none" ? [] : [{ key, type, class: "other", owner: null, dispute: null }];
  });
}

/** Two round trips, for at most some hundred keys at once. Disputed and foreign keys are measured, not read. */
export async function measureKeys(
  store: Store,
  consoleStore: Store,
  placed: readonly PlacedKey[],
): Promise<KeyFacts[]> {
  const nowMs = Date.now();
  const facts = placed.map(
    (key): KeyFacts => ({
      ...key,
      sizeBytes: null,
      ttlMs: null,
      lastActivityMs: null,
      importance: null,
      vectorBytes: null,
      blockedUntilMs: null,
      stuckField: null,
      counters: null,
    }),
  );
  const [replies, limits] = await Promise.all([
    store.pipeline(facts.flatMap(commandsFor)),
    limitsOfCounters(consoleStore, facts),
  ]);
  let at = 0;
  for (const fact of facts) {
    const count = commandsFor(fact).length;
    fill(fact, replies.slice(at, at + count), nowMs, limits.get(fact));
    at += count;
  }
  await readNewestMessages(store, facts, nowMs);
  return facts;
}

const counterFields = () => rateLimitWindows().map((window) => window.field);

/** One question for all counters of the batch. The built-in limits stand in where the console's state is down. */
async function limitsOfCounters(
  consoleStore: Store,
  facts: KeyFacts[],
): Promise<Map<KeyFacts, EffectiveLimit[]>> {
  const counters = facts.flatMap((fact) =>
    fact.class === "rate-limits" && fact.owner ? [{ fact, owner: fact.owner }] : [],
  );
  const owners = counters.map(({ owner }) => owner);
  const limits = await readLimits(consoleStore, owners).catch(() => owners.map(() => builtInLimits()));
  return new Map(counters.map(({ fact }, at) => [fact, limits[at] ?? builtInLimits()]));
}

function commandsFor(fact: KeyFacts): Command[] {
  const measured: Command[] = [approximateSize(fact.key), ["PTTL", fact.key]];
  if (fact.class === "memories") {
    measured.push(["HMGET", fact.key, "timestamp", "importance"], ["HSTRLEN", fact.key, "embedding"]);
  } else if (fact.class === "rate-limits") {
    const fields = counterFields();
    measured.push(["HMGET", fact.key, ...fields]);
    measured.push(["HPTTL", fact.key, "FIELDS", fields.length, ...fields]);
  }
  return measured;
}

function fill(
  fact: KeyFacts,
  replies: (Reply | Error)[],
  nowMs: number,
  limits: EffectiveLimit[] | undefined,
): void {
  const [size, life, third, fourth] = replies;
  fact.sizeBytes = isError(size) || size === null ? null : toInt(size as Reply);
  const ttl = isError(life) ? -1 : toInt(life as Reply);
  // -2: the key ended between the round trips.
  fact.ttlMs = ttl === -1 ? null : Math.max(0, ttl);
  if (fact.class === "memories" && Array.isArray(third)) {
    fact.lastActivityMs = activityMs(third[0], nowMs);
    fact.importance = wholeOrNull(third[1]);
    fact.vectorBytes = isError(fourth) ? null : toInt(fourth as Reply);
  } else if (fact.class === "rate-limits" && Array.isArray(third) && limits) {
    fillCounters(fact, third, Array.isArray(fourth) ? fourth : [], nowMs, limits);
  } else if (fact.owner && fact.type !== "hash" && fact.key.equals(rateLimitKey(fact.owner))) {
    // Nothing can be counted there.
    fact.counters = { fullness: 0, ofDay: 0, inTrouble: true };
  }
}

function fillCounters(
  fact: KeyFacts,
  values: Reply[],
  lives: Reply[],
  nowMs: number,
  limits: EffectiveLimit[],
): void {
  const windows = rateLimitWindows();
  const allowed = windows.map((window, at) => limits[at]?.limit ?? window.defaultLimit);
  const all = windows.map((window, at): WindowJudgement => {
    const value = values[at];
    const life = lives[at];
    return judgeWindow(
      window,
      Buffer.isBuffer(value) ? value : null,
      typeof life === "number" ? life : -2,
      allowed[at]!,
    );
  });
  const standing = standingOf(windows, all, allowed);
  // A life of the whole key takes every counter with it.
  fact.counters = { ...standing, inTrouble: standing.inTrouble || fact.ttlMs !== null };
  windows.forEach((window, at) => {
    const judged = all[at]!;
    if (judged.state === "stuck") fact.stuckField ??= window.field;
    if (judged.resetInMs === null) return;
    const endsMs = nowMs + judged.resetInMs;
    if (judged.blocked) fact.blockedUntilMs = Math.max(fact.blockedUntilMs ?? 0, endsMs);
    // A window begins with a request, so its remaining life tells when that one came.
    if (judged.state === "wrong-life") return;
    fact.lastActivityMs = Math.max(fact.lastActivityMs ?? 0, endsMs - window.seconds * 1_000);
  });
}

async function readNewestMessages(store: Store, facts: KeyFacts[], nowMs: number): Promise<void> {
  const small = facts.filter(
    (fact) =>
      fact.class === "sessions" && fact.sizeBytes !== null && fact.sizeBytes < NEWEST_MESSAGE_MAX_BYTES,
  );
  const newest = await store.pipeline(small.map((fact) => ["LINDEX", fact.key, 0] as const));
  small.forEach((fact, at) => {
    fact.lastActivityMs = messageMs(newest[at], nowMs);
  });
}

function wholeOrNull(value: Reply | undefined): number | null {
  if (!Buffer.isBuffer(value) || value.length === 0 || value.length > 32) return null;
  const number = Number(value.toString("latin1"));
  return Number.isFinite(number) ? number : null;
}
