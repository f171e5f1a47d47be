/** Adding up what a walk finds, in bounded memory: per person, by class, type and remaining life. */

import type { KeyFacts } from "./survey-facts";
import { Largest } from "./survey-largest";
import { LimitLeaders } from "./survey-limits";
import type { Amount, LifeBucket, SurveyClass } from "./survey-schema";

/** More people than this are counted in the totals only. */
export const MAX_SURVEY_USERS = 500_000;
/** Lists of what needs attention hold so many keys; their counts go on. */
export const MAX_ATTENTION = 100;
const BIGGEST_KEYS = 50;
/** Lengths of vectors that are told apart; a store with more is broken in a way that needs no more detail. */
const MAX_VECTOR_LENGTHS = 32;

export interface SurveyUser {
  /** latin1 text of the id's bytes. */
  id: string;
  keys: number;
  sizeBytes: number;
  /** Of these, in sessions and in memories. */
  sessionBytes: number;
  memoryBytes: number;
  sessions: number;
  memories: number;
  disputed: number;
  /** A counter of this person never starts from 0 again. */
  stuck: boolean;
  /** Epoch ms until which a request is refused; long past for most. */
  blockedUntilMs: number;
  lastActivityMs: number | null;
  /** That is the first request of a counter's window: the last one came then or later. */
  isActivityOrLater: boolean;
}

export interface FoundKey {
  key: Buffer;
  class: SurveyClass;
  type: string;
  sizeBytes: number;
  ttlMs: number | null;
  /** The person its name speaks of, as latin1; null when it speaks of none for certain. */
  ownerId: string | null;
  /** Why it is on the list: a dispute reason, a field's name. */
  note: string | null;
}

export interface Attention {
  count: number;
  keys: FoundKey[];
}

const HOUR_MS = 3_600_000;

export class SurveyTally {
  readonly users = new Map<string, SurveyUser>();
  usersCapped = false;
  readonly total: Amount = { keys: 0, sizeBytes: 0 };
  readonly classes: Record<SurveyClass, Amount> = {
    sessions: zero(),
    "rate-limits": zero(),
    memories: zero(),
    disputed: zero(),
    other: zero(),
  };
  readonly types = new Map<string, Amount>();
  readonly lives: Record<LifeBucket, Amount> = {
    none: zero(),
    "under-hour": zero(),
    "under-day": zero(),
    "under-month": zero(),
    longer: zero(),
  };
  /** Keys whose size Redis did not tell; they count as 0 bytes. */
  unmeasuredKeys = 0;
  /** Memories by importance 1 … 10; `other` for anything else. */
  readonly importance = { counts: new Array<number>(10).fill(0), other: 0 };
  readonly stuck: Attention = { count: 0, keys: [] };
  readonly disputed: Attention = { count: 0, keys: [] };
  /** Memories by the length of their vector in bytes; 0 is none, -1 collects all lengths past the cap. */
  readonly vectors = new Map<number, Attention>();
  readonly limits = new LimitLeaders();
  readonly #biggest = new Largest<FoundKey>(BIGGEST_KEYS, (found) => found.sizeBytes);

  biggest(): FoundKey[] {
    return this.#biggest.sorted();
  }

  add(fact: KeyFacts): void {
    const size = fact.sizeBytes ?? 0;
    if (fact.sizeBytes === null) this.unmeasuredKeys += 1;
    grow(this.total, size);
    grow(this.classes[fact.class], size);
    grow(entry(this.types, fact.type, zero), size);
    grow(this.lives[lifeBucket(fact.ttlMs)], size);
    const ownerId = fact.class === "other" ? null : (fact.owner?.toString("latin1") ?? null);
    if (ownerId !== null) this.#addToUser(ownerId, fact, size);
    const note = fact.class === "disputed" ? fact.dispute : fact.stuckField;
    const found = (): FoundKey => ({
      // A copy: the original is a piece of the socket's large buffer and would keep all of it alive.
      key: Buffer.from(fact.key),
      class: fact.class,
      type: fact.type,
      sizeBytes: size,
      ttlMs: fact.ttlMs,
      ownerId,
      note,
    });
    this.#biggest.offer(size, found);
    if (fact.class === "disputed") attend(this.disputed, found);
    if (fact.stuckField) attend(this.stuck, found);
    if (fact.counters && ownerId !== null) this.limits.offer(ownerId, fact.counters);
    if (fact.class === "memories") this.#addMemory(fact, found);
  }

  #addToUser(id: string, fact: KeyFacts, size: number): void {
    let user = this.users.get(id);
    if (!user) {
      if (this.users.size >= MAX_SURVEY_USERS) {
        this.usersCapped = true;
        return;
      }
      user = {
        id,
        keys: 0,
        sizeBytes: 0,
        sessionBytes: 0,
        memoryBytes: 0,
        sessions: 0,
        memories: 0,
        disputed: 0,
        stuck: false,
        blockedUntilMs: 0,
        lastActivityMs: null,
        isActivityOrLater: false,
      };
      this.users.set(id, user);
    }
    user.keys += 1;
    user.sizeBytes += size;
    if (fact.class === "sessions") {
      user.sessions += 1;
      user.sessionBytes += size;
    }
    if (fact.class === "memories") {
      user.memories += 1;
      user.memoryBytes += size;
    }
    if (fact.class === "disputed") user.disputed += 1;
    if (fact.stuckField) user.stuck = true;
    user.blockedUntilMs = Math.max(user.blockedUntilMs, fact.blockedUntilMs ?? 0);
    if (fact.lastActivityMs !== null && fact.lastActivityMs > (user.lastActivityMs ?? 0)) {
      user.lastActivityMs = fact.lastActivityMs;
      user.isActivityOrLater = fact.class === "rate-limits";
    }
  }

  #addMemory(fact: KeyFacts, found: () => FoundKey): void {
    const importance = fact.importance ?? 0;
    if (Number.isInteger(importance) && importance >= 1 && importance <= 10) {
      this.importance.counts[importance - 1]! += 1;
    } else {
      this.importance.other += 1;
    }
    if (fact.vectorBytes === null) return;
    const room = this.vectors.has(fact.vectorBytes) || this.vectors.size < MAX_VECTOR_LENGTHS;
    attend(
      entry(this.vectors, room ? fact.vectorBytes : -1, () => ({ count: 0, keys: [] })),
      found,
    );
  }
}

function lifeBucket(ttlMs: number | null): LifeBucket {
  if (ttlMs === null) return "none";
  if (ttlMs < HOUR_MS) return "under-hour";
  if (ttlMs < 24 * HOUR_MS) return "under-day";
  return ttlMs < 30 * 24 * HOUR_MS ? "under-month" : "longer";
}

function zero(): Amount {
  return { keys: 0, sizeBytes: 0 };
}

function grow(amount: Amount, sizeBytes: number): void {
  amount.keys += 1;
  amount.sizeBytes += sizeBytes;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function attend(list: Attention, found: () => FoundKey): void {
  list.count += 1;
  if (list.keys.length < MAX_ATTENTION) list.keys.push(found());
}
