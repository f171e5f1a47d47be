/**
 * A person's keys as they are, to be put back: DUMP, which holds every byte and the life of every field, and a digest by
 * which a change is seen (a DUMP of the same hash may differ from time to time).
 */
import { createHash } from "node:crypto";
import { SafeError } from "../../errors";
import { forgetPerson } from "../keyspace/kept-of-person";
import { listUserKeys, type UserKey } from "../keyspace/user-keys";
import { toArray, toBuffer, toBuffers, toInt, toPairs } from "../store/reply";
import type { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import { MAX_KEPT_BYTES, MAX_KEPT_KEYS } from "./rules";

export interface KeyCopy {
  /** base64 */
  key: string;
  digest: string;
  /** When the key ends, or a hash's last field does; -1: it does not. */
  endsAtMs: number;
  /** PEXPIRETIME: -1 has no end. */
  expireAtMs: number;
  /** base64 */
  dump: string;
}

export interface KeyReading {
  /** Says whether a key is as it was: content, order where there is one, and every life. */
  digest: string;
  /** As in {@link KeyCopy}. */
  endsAtMs: number;
}

/** The keys that are plainly this person's, looked for anew. */
export async function ownKeys(store: Store, userId: Buffer): Promise<UserKey[]> {
  forgetPerson(store, userId);
  const { keys, complete } = await listUserKeys(store, userId);
  if (!complete) throw tooMuch();
  return keys.filter(({ dispute }) => dispute === null);
}

/** @throws SafeError `conflict` when it is more than is kept; `store_refused` where the Redis user may not DUMP */
export async function copyKeys(store: Store, keys: readonly UserKey[]): Promise<KeyCopy[]> {
  if (keys.length > MAX_KEPT_KEYS) throw tooMuch();
  const sizes = await store.pipeline(keys.map(({ key }): Command => ["MEMORY", "USAGE", key]));
  if (sizes.reduce<number>((sum, size) => sum + (size === null ? 0 : toInt(size)), 0) > MAX_KEPT_BYTES) {
    throw tooMuch();
  }
  const dumps = await store.pipeline(
    keys.flatMap(({ key }): Command[] => [
      ["DUMP", key],
      ["PEXPIRETIME", key],
    ]),
  );
  const readings = await readKeys(store, keys);
  return keys.flatMap(({ key }, at) => {
    const [dump, expireAt] = [dumps[at * 2], dumps[at * 2 + 1]];
    const reading = readings[at];
    // Its life ended since it was found.
    if (dump === null || !reading) return [];
    return [
      {
        key: key.toString("base64"),
        ...reading,
        expireAtMs: toInt(expireAt),
        dump: toBuffer(dump).toString("base64"),
      },
    ];
  });
}

/** Null where there is no key. */
export async function readKeys(
  store: Store,
  keys: readonly Pick<UserKey, "key" | "type">[],
): Promise<(KeyReading | null)[]> {
  const replies = await store.pipeline(
    keys.flatMap(({ key, type }): Command[] => [
      ["PEXPIRETIME", key],
      type === "list" ? ["LRANGE", key, 0, -1] : ["HGETALL", key],
    ]),
  );
  const contents = keys.map(({ type }, at) => contentOf(type, replies[at * 2 + 1] as Reply));
  const hashes = contents.flatMap((content, at) => (content?.fields.length ? [at] : []));
  const lives = await store.pipeline(
    hashes.map((at): Command => {
      const { fields } = contents[at]!;
      return ["HPEXPIRETIME", keys[at]!.key, "FIELDS", fields.length, ...fields];
    }),
  );
  return contents.map((content, at) => {
    if (!content) return null;
    const expireAtMs = toInt(replies[at * 2]);
    // The key may be gone since: then the first answer says nothing.
    const held = hashes.indexOf(at);
    const ends = held === -1 || lives[held] === null ? [] : toArray(lives[held]).map(toInt);
    const digest = digestOf(keys[at]!.type, expireAtMs, content, ends);
    return { digest, endsAtMs: endOf(expireAtMs, ends) };
  });
}

function digestOf(type: string, expireAtMs: number, { parts, fields }: Content, ends: number[]): string {
  const hash = createHash("sha256").update(`${type}\0${expireAtMs}\0`);
  for (const [at, bytes] of parts.entries()) {
    hash.update(`${bytes.length}:`).update(bytes);
    if (fields.length > 0) hash.update(`@${ends[at >> 1] ?? ""}`);
  }
  return hash.digest("hex");
}

/** The earlier of the key's own end and that of its last field. */
function endOf(expireAtMs: number, ends: readonly number[]): number {
  const lasts = ends.length === 0 || ends.some((end) => end < 0);
  if (lasts) return expireAtMs;
  const last = Math.max(...ends);
  return expireAtMs < 0 ? last : Math.min(expireAtMs, last);
}

interface Content {
  /** Of a hash: field and value in turns, by the fields' names. */
  parts: Buffer[];
  /** Names of a hash's fields, as in `parts`. */
  fields: Buffer[];
}

function contentOf(type: string, reply: Reply): Content | null {
  if (type === "list") {
    const parts = toBuffers(reply);
    return parts.length === 0 ? null : { parts, fields: [] };
  }
  const pairs = toPairs(reply).sort(([a], [b]) => Buffer.compare(a, b));
  if (pairs.length === 0) return null;
  return {
    parts: pairs.flatMap(([field, value]) => [field, toBuffer(value)]),
    fields: pairs.map(([field]) => field),
  };
}

function tooMuch(): SafeError {
  return new SafeError("conflict", "This person has more than can be kept for putting back.", {
    hint: `At most ${MAX_KEPT_KEYS} keys and ${MAX_KEPT_BYTES / 1_000_000} MB. Take a throw-away person instead.`,
  });
}
