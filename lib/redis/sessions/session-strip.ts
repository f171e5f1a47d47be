/** When a person talked: times of messages, session by session. */
import { displayBytes } from "../../bytes";
import { compareNames } from "../../format";
import { sealRef } from "../../refs";
import { sessionKey } from "../keys";
import { listUserKeys } from "../keyspace/user-keys";
import { isError, toArray, toBuffer, toBuffers, toInt } from "../store/reply";
import type { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import type { SessionStrip, SessionTimes } from "./find-schema";
import { INLINE_BYTES, LOOKED_AT } from "./list-sessions";
import { interpretMessage, type ReadBytes } from "./message";
import { mayNotRunScripts } from "./scripts";
import { NEWEST_SCRIPT, SAMPLE_SCRIPT } from "./walk-scripts";

const DAYS = 90;
const DAY_MS = 86_400_000;
/** Sessions that are looked at, of those whose newest message is the latest; and lines that are drawn. */
const LOOKED = 500;
const SHOWN = 24;
/** Messages of a session whose times are taken, evenly over it. */
const SAMPLES = 60;
const HEAD_BYTES = 1_024;
/** Without scripts messages come whole: the newest few of each session are all that is read. */
const PLAIN_SAMPLES = 10;

/**
 * The last 90 days of a person's sessions, the latest first, at most 24 and of each at most 60 times. Sessions whose
 * messages carry no time are left out: there is no place for them on a line.
 */
export async function sessionStrip(store: Store, { userId }: { userId: Buffer }): Promise<SessionStrip> {
  const { keys, complete } = await listUserKeys(store, userId);
  const ids = keys
    .flatMap(({ parsed, dispute }) => (parsed?.class === "sessions" && !dispute ? [parsed.sessionId] : []))
    .sort((a, b) => compareNames(displayBytes(a), displayBytes(b)));
  const nowMs = Date.now();
  const fromMs = nowMs - DAYS * DAY_MS;
  const looked = ids.slice(0, LOOKED);
  const latest = await latestOf(store, userId, looked);
  const chosen = latest.filter(({ atMs }) => atMs >= fromMs).slice(0, SHOWN);
  const samples = await readSamples(store, userId, chosen);
  return {
    nowMs,
    fromMs,
    sessions: chosen.flatMap(({ sessionId, atMs }, index): SessionTimes[] => {
      const sample = samples[index];
      if (!sample) return [];
      // The sample may pass over the one message that has a time.
      const timesMs = [...new Set([...timesOf(sample.messages), atMs])]
        .filter((ms) => ms >= fromMs && ms <= nowMs + DAY_MS)
        .sort((a, b) => a - b);
      if (timesMs.length === 0) return [];
      return [
        {
          ref: sealRef("session", sessionId),
          label: displayBytes(sessionId),
          messages: sample.length,
          timesMs,
          sampled: sample.length > sample.messages.length,
        },
      ];
    }),
    looked: looked.length,
    total: ids.length,
    complete,
  };
}

interface Latest {
  sessionId: Buffer;
  atMs: number;
}

/** The time of each session's newest message that has one, of those that the list of sessions looks at too; the latest first. */
async function latestOf(store: Store, userId: Buffer, ids: readonly Buffer[]): Promise<Latest[]> {
  const replies = await store.pipeline(
    ids.map((sessionId): Command => {
      const key = sessionKey(userId, sessionId);
      return ["EVAL_RO", NEWEST_SCRIPT, 1, key, LOOKED_AT, INLINE_BYTES];
    }),
  );
  const plain = replies.some(mayNotRunScripts)
    ? await store.pipeline(ids.map((id): Command => ["LRANGE", sessionKey(userId, id), 0, LOOKED_AT - 1]))
    : null;
  const found = ids.flatMap((sessionId, index): Latest[] => {
    const reply = plain ? plain[index] : replies[index];
    if (isError(reply)) return [];
    const messages = plain ? toBuffers(reply).map(whole) : toArray(reply).map(parse);
    const [atMs] = timesOf(messages);
    return atMs === undefined ? [] : [{ sessionId, atMs }];
  });
  return found.sort((a, b) => b.atMs - a.atMs);
}

async function readSamples(store: Store, userId: Buffer, chosen: readonly Latest[]) {
  const keys = chosen.map(({ sessionId }) => sessionKey(userId, sessionId));
  const replies = await store.pipeline(
    keys.map((key): Command => ["EVAL_RO", SAMPLE_SCRIPT, 1, key, SAMPLES, HEAD_BYTES]),
  );
  if (!replies.some(mayNotRunScripts)) {
    return replies.map((reply) => {
      const [length, items] = isError(reply) ? [] : toArray(reply);
      return length === undefined ? null : { length: toInt(length), messages: toArray(items).map(parse) };
    });
  }
  const plain = await store.pipeline(
    keys.flatMap((key): Command[] => [
      ["LLEN", key],
      ["LRANGE", key, 0, PLAIN_SAMPLES - 1],
    ]),
  );
  return keys.map((_, index) => {
    const [length, found] = plain.slice(index * 2, index * 2 + 2);
    if (isError(length) || isError(found)) return null;
    return { length: toInt(length), messages: toBuffers(found).map(whole) };
  });
}

function timesOf(messages: readonly ReadBytes[]): number[] {
  return messages.flatMap((bytes) => interpretMessage(bytes, 0).timestampMs ?? []);
}

function parse(item: Reply | undefined): ReadBytes {
  const [size, head, tail] = toArray(item);
  return { sizeBytes: toInt(size), head: toBuffer(head), tail: toBuffer(tail) };
}

function whole(head: Buffer): ReadBytes {
  return { sizeBytes: head.length, head, tail: Buffer.alloc(0) };
}
