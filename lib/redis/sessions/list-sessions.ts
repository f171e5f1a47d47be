/** The sessions of one person. */

import { displayBytes } from "../../bytes";
import { compareNames } from "../../format";
import { sealRef } from "../../refs";
import { sessionKey } from "../keys";
import { approximateSize } from "../keyspace/approximate-size";
import { listUserKeys } from "../keyspace/user-keys";
import { isError, toArray, toBuffer, toBuffers, toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import { type Interpreted, interpretMessage, type ReadBytes } from "./message";
import {
  EXPIRING_MS,
  LONG_MESSAGES,
  type SessionFilter,
  type SessionList,
  type SessionSort,
  type SessionSummary,
} from "./schema";
import { mayNotRunScripts, SUMMARY_SCRIPT } from "./scripts";

export const DEFAULT_SESSIONS = 50;
/** More sessions than this are not compared with each other at every look: they come by name. */
export const SORTABLE_SESSIONS = 500;
const FIRST_WORDS_CHARACTERS = 120;
/** Messages at each end that are searched: for the first human one, and for a time. */
export const LOOKED_AT = 4;
/** Of longer messages the beginning and the end say enough for the list. */
export const INLINE_BYTES = 4_096;

export interface ListSessionsInput {
  userId: Buffer;
  sort?: SessionSort;
  filter?: SessionFilter;
  limit?: number;
  /** Offset into the sorted list, as the last answer's `cursor` gave it. */
  cursor?: number;
}

/**
 * Sessions with their facts, read in one pipeline, a page at a time. Keys named like sessions that hold another
 * type of value are counted in `disputed` and not listed.
 */
export async function listSessions(store: Store, input: ListSessionsInput): Promise<SessionList> {
  const { userId, sort = "activity", filter, limit = DEFAULT_SESSIONS, cursor = 0 } = input;
  const known = await listUserKeys(store, userId);
  const named = known.keys.flatMap(({ parsed, dispute }) =>
    parsed?.class === "sessions" ? [{ sessionId: parsed.sessionId, dispute }] : [],
  );
  const ids = named
    .filter(({ dispute }) => dispute === null)
    .map(({ sessionId }) => sessionId)
    .sort((a, b) => compareNames(displayBytes(a), displayBytes(b)));
  const sortedBy = ids.length > SORTABLE_SESSIONS ? "name" : sort;
  // Too many to look at all: then the filter is laid over each page, which may come out short.
  const paged = ids.length > SORTABLE_SESSIONS || (sort === "name" && !filter);
  const looked = paged ? ids.slice(cursor, cursor + limit) : ids;

  const nowMs = Date.now();
  const facts = await readFacts(store, userId, looked);
  const found = facts.flatMap((fact) => (fact.summary ? [fact.summary] : []));
  // Keys that became another type since the walk.
  const wrongType = facts.filter((fact) => fact.wrongType).length;
  const gone = facts.length - found.length - wrongType;
  const passing = filter ? found.filter(FILTERS[filter]) : found;
  if (sortedBy !== "name") passing.sort(ORDERS[sortedBy]);
  const end = cursor + limit;
  return {
    nowMs,
    sessions: paged ? passing : passing.slice(cursor, end),
    total: ids.length - gone - wrongType,
    complete: known.complete,
    sortedBy,
    disputed: named.length - ids.length + wrongType,
    cursor: end < (paged ? ids.length : passing.length) ? String(end) : null,
    matching: filter && !paged ? passing.length : null,
    nextInMs: filter === "expiring" ? untilNextExpiring(found) : null,
    scannedAtMs: known.scannedAtMs,
  };
}

const FILTERS: Record<SessionFilter, (session: SessionSummary) => boolean> = {
  expiring: ({ ttlMs }) => ttlMs >= 0 && ttlMs < EXPIRING_MS,
  endless: ({ ttlMs }) => ttlMs < 0,
  long: ({ messages }) => messages >= LONG_MESSAGES,
};

/** No key changes when a session comes into its last hour: who watches has to look again then. */
function untilNextExpiring(sessions: readonly SessionSummary[]): number | null {
  const waits = sessions.flatMap(({ ttlMs }) => (ttlMs >= EXPIRING_MS ? [ttlMs - EXPIRING_MS + 1] : []));
  return waits.reduce<number | null>((least, wait) => Math.min(least ?? wait, wait), null);
}

interface Fact {
  summary: SessionSummary | null;
  wrongType: boolean;
}

async function readFacts(store: Store, userId: Buffer, ids: readonly Buffer[]): Promise<Fact[]> {
  const keys = ids.map((sessionId) => sessionKey(userId, sessionId));
  const replies = await store.pipeline(
    keys.flatMap((key): Command[] => [
      ["PTTL", key],
      approximateSize(key),
      ["EVAL_RO", SUMMARY_SCRIPT, 1, key, LOOKED_AT, INLINE_BYTES],
    ]),
  );
  const scripted = keys.map((_, index) => replies[index * 3 + 2]);
  const refused = scripted.some(mayNotRunScripts);
  const ranged = refused ? await readEnds(store, keys) : null;
  return ids.map((sessionId, index) => {
    const [ttl, size] = replies.slice(index * 3, index * 3 + 2);
    const answer = ranged ? ranged[index] : scripted[index];
    if (isError(answer)) {
      if (/WRONGTYPE/.test(answer.message)) return { summary: null, wrongType: true };
      throw answer;
    }
    const ends = ranged ? (answer as Ends | null) : parseEnds(toArray(answer as Reply));
    if (ends === null) return { summary: null, wrongType: false };
    return {
      wrongType: false,
      summary: {
        ref: sealRef("session", sessionId),
        label: displayBytes(sessionId),
        messages: ends.length,
        sizeBytes: isError(size) || size === null ? null : toInt(size),
        ttlMs: isError(ttl) ? -1 : toInt(ttl),
        ...firstWords(ends.oldest),
        lastActivityMs: firstTime(ends.newest),
        oldestMs: firstTime(ends.oldest),
      },
    };
  });
}

interface Ends {
  length: number;
  /** The newest first. */
  newest: ReadBytes[];
  /** The oldest first. */
  oldest: ReadBytes[];
}

function parseEnds(reply: Reply[]): Ends | null {
  if (reply.length === 0) return null;
  return {
    length: toInt(reply[0]),
    newest: toArray(reply[1]).map(parseItem),
    oldest: toArray(reply[2]).map(parseItem),
  };
}

function parseItem(item: Reply | undefined): ReadBytes {
  const [size, , head, tail] = toArray(item);
  return { sizeBytes: toInt(size), head: toBuffer(head), tail: toBuffer(tail) };
}

/** The same without scripts. */
async function readEnds(store: Store, keys: readonly Buffer[]) {
  const replies = await store.pipeline(
    keys.flatMap((key): Command[] => [
      ["LLEN", key],
      ["LRANGE", key, 0, LOOKED_AT - 1],
      ["LRANGE", key, -LOOKED_AT, -1],
    ]),
  );
  return keys.map((_, index) => {
    const [length, newest, oldest] = replies.slice(index * 3, index * 3 + 3);
    if (isError(length)) return length;
    if (toInt(length) === 0) return null;
    return {
      length: toInt(length),
      newest: toBuffers(newest).map(whole),
      oldest: toBuffers(oldest).reverse().map(whole),
    };
  });
}

/** The time of the first of these that has one. */
function firstTime(messages: ReadBytes[]): number | null {
  for (const bytes of messages) {
    const { timestampMs } = interpretMessage(bytes, 0);
    if (timestampMs !== null) return timestampMs;
  }
  return null;
}

function whole(head: Buffer): ReadBytes {
  return { sizeBytes: head.length, head, tail: Buffer.alloc(0) };
}

function firstWords(oldest: ReadBytes[]): Pick<SessionSummary, "firstWords" | "firstWordsHuman"> {
  const read = oldest.map((bytes): Interpreted => interpretMessage(bytes, FIRST_WORDS_CHARACTERS * 4));
  const human = read.find((message) => message.kind === "human");
  const text = (human ?? read[0])?.text.replace(/\s+/g, " ").trim() ?? "";
  const cut = [...text].slice(0, FIRST_WORDS_CHARACTERS).join("");
  return { firstWords: cut === "" ? null : cut, firstWordsHuman: human !== undefined };
}

/** Largest, newest or soonest to go first; equal ones stay in the order of their names. */
const ORDERS: Record<Exclude<SessionSort, "name">, (a: SessionSummary, b: SessionSummary) => number> = {
  activity: (a, b) => (b.lastActivityMs ?? -1) - (a.lastActivityMs ?? -1),
  messages: (a, b) => b.messages - a.messages,
  bytes: (a, b) => (b.sizeBytes ?? -1) - (a.sizeBytes ?? -1),
  life: (a, b) => lifeOf(a) - lifeOf(b),
};

function lifeOf({ ttlMs }: SessionSummary): number {
  return ttlMs < 0 ? Number.MAX_SAFE_INTEGER : ttlMs;
}
