/** The counter hash as it is in Redis: bytes and lives, nothing judged. */
import { rateLimitKey } from "../keys";
import { isError, toArray, toBufferOrNull, toBuffers, toInt, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Command, Reply } from "../store/wire";
import { rateLimitWindows } from "./config";

/** More fields than this are not read. A counter hash has three; what has thousands is something else. */
export const MAX_OTHER_FIELDS = 200;
/** Longer values are described by their length. */
export const MAX_VALUE_BYTES = 1_000;

export interface RawField {
  field: Buffer;
  /** null when absent, or longer than {@link MAX_VALUE_BYTES}. */
  value: Buffer | null;
  /** HSTRLEN; 0 when absent or empty. */
  valueBytes: number;
  /** As HPTTL answers: -1 no life, -2 no field (or in its last millisecond). */
  pttlMs: number;
}

export interface RawCounters {
  /** As TYPE answers; "none" for no key. */
  type: string;
  /** As PTTL answers for the key as a whole. */
  keyPttlMs: number;
  /** Redis's clock, epoch ms. */
  nowMs: number;
  /** Redis's clock minus the console's. */
  clockOffsetMs: number;
  /** One per window of the table, in its order. */
  windows: RawField[];
  others: RawField[];
  /** False when the hash has more fields than were read. */
  complete: boolean;
}

/**
 * Two round trips, a third one only when the hash has fields of another use. No answer grows with what is
 * stored: HSCAN with NOVALUES instead of HGETALL, lengths before values. Pipelines rather than MULTI, which a
 * read-only Redis user may not use; what changes between the commands changes as between two reads.
 */
export async function readCounters(store: Store, userId: Buffer): Promise<RawCounters> {
  const key = rateLimitKey(userId);
  const fields = rateLimitWindows().map((window) => Buffer.from(window.field));
  const [type, scan, ...lengths] = await store.pipeline([
    ["TYPE", key],
    ["HSCAN", key, 0, "COUNT", MAX_OTHER_FIELDS, "NOVALUES"],
    ...fields.map((field): Command => ["HSTRLEN", key, field]),
  ]);
  const typeName = toText(type);
  if (typeName !== "hash") return { type: typeName, ...(await readWithoutHash(store, key)) };

  const [cursor, scanned] = toArray(scan);
  const found = otherNames(toBuffers(scanned), fields);
  const others = found.slice(0, MAX_OTHER_FIELDS);
  const complete = toText(cursor) === "0" && others.length === found.length;

  const sentAtMs = Date.now();
  const [time, keyPttl, lives, values, ...otherLengths] = await store.pipeline([
    ["TIME"],
    ["PTTL", key],
    ["HPTTL", key, "FIELDS", fields.length + others.length, ...fields, ...others],
    ["HMGET", key, ...shortOnly(fields, lengths.map(toInt))],
    ...others.map((field): Command => ["HSTRLEN", key, field]),
  ]);
  const clock = redisClock(time, sentAtMs, Date.now());
  const pttls = toArray(lives).map(toInt);
  const windows = rawFields(fields, lengths.map(toInt), toArray(values), pttls);
  const otherBytes = otherLengths.map(toInt);
  const otherValues =
    others.length === 0 ? [] : toArray(await store.command("HMGET", key, ...shortOnly(others, otherBytes)));
  return {
    type: typeName,
    keyPttlMs: toInt(keyPttl),
    ...clock,
    windows,
    others: rawFields(others, otherBytes, otherValues, pttls.slice(fields.length)),
    complete,
  };
}

async function readWithoutHash(store: Store, key: Buffer): Promise<Omit<RawCounters, "type">> {
  const sentAtMs = Date.now();
  const [time, keyPttl] = await store.pipeline([["TIME"], ["PTTL", key]]);
  const clock = redisClock(time, sentAtMs, Date.now());
  const absent = rateLimitWindows().map(({ field }) => ({
    field: Buffer.from(field),
    value: null,
    valueBytes: 0,
    pttlMs: -2,
  }));
  return { keyPttlMs: toInt(keyPttl), ...clock, windows: absent, others: [], complete: true };
}

/** HSCAN may name a field twice. */
function otherNames(scanned: Buffer[], known: Buffer[]): Buffer[] {
  const seen = new Set(known.map((field) => field.toString("latin1")));
  return scanned.filter((field) => {
    const name = field.toString("latin1");
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/** Same positions, but a name that no field has where the value is too long to fetch: HMGET then answers null. */
export function shortOnly(fields: Buffer[], lengths: number[]): Buffer[] {
  const nobody = Buffer.concat([Buffer.from("\0not fetched: "), ...fields]);
  return fields.map((field, at) => (lengths[at]! > MAX_VALUE_BYTES ? nobody : field));
}

function rawFields(fields: Buffer[], lengths: number[], values: Reply[], pttls: number[]): RawField[] {
  return fields.map((field, at) => ({
    field,
    value: toBufferOrNull(values[at]),
    valueBytes: lengths[at]!,
    pttlMs: pttls[at]!,
  }));
}

/** TIME may be refused to a least-privilege user; then the console's clock has to do. */
export function redisClock(
  time: Awaited<ReturnType<Store["pipeline"]>>[number] | undefined,
  sentAtMs: number,
  answeredAtMs: number,
): { nowMs: number; clockOffsetMs: number } {
  if (isError(time)) return { nowMs: answeredAtMs, clockOffsetMs: 0 };
  const [seconds, micros] = toArray(time);
  const nowMs = toInt(seconds) * 1000 + Math.floor(toInt(micros) / 1000);
  return { nowMs, clockOffsetMs: Math.round(nowMs - (sentAtMs + answeredAtMs) / 2) };
}
