/** Reading replies: Redis's RESP2 values as the types an operation expects. A surprise throws; it is a defect. */
import { ErrorReply } from "redis";
import type { Reply } from "./wire";

export function isError(reply: unknown): reply is ErrorReply {
  return reply instanceof ErrorReply;
}

/** An integer reply, or an integer sent as text. */
export function toInt(reply: Reply | ErrorReply | undefined): number {
  if (typeof reply === "number") return reply;
  if (isError(reply)) throw reply;
  const number = Number(toText(reply));
  if (!Number.isFinite(number)) throw new TypeError("expected an integer reply");
  return number;
}

export function toText(reply: Reply | ErrorReply | undefined): string {
  if (typeof reply === "string") return reply;
  if (Buffer.isBuffer(reply)) return reply.toString("utf8");
  if (typeof reply === "number") return String(reply);
  if (isError(reply)) throw reply;
  throw new TypeError("expected a text reply");
}

export function toBuffer(reply: Reply | ErrorReply | undefined): Buffer {
  if (Buffer.isBuffer(reply)) return reply;
  if (typeof reply === "string") return Buffer.from(reply);
  if (isError(reply)) throw reply;
  throw new TypeError("expected a bulk string reply");
}

export function toBufferOrNull(reply: Reply | ErrorReply | undefined): Buffer | null {
  return reply === null || reply === undefined ? null : toBuffer(reply);
}

export function toArray(reply: Reply | ErrorReply | undefined): Reply[] {
  if (Array.isArray(reply)) return reply;
  if (isError(reply)) throw reply;
  throw new TypeError("expected an array reply");
}

export function toBuffers(reply: Reply | ErrorReply | undefined): Buffer[] {
  return toArray(reply).map(toBuffer);
}

/** A flat `field value field value …` reply (HGETALL, FT.INFO) as pairs; a Map keyed by the field's bytes as latin1. */
export function toPairs(reply: Reply | ErrorReply | undefined): [field: Buffer, value: Reply][] {
  const flat = toArray(reply);
  const pairs: [Buffer, Reply][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.push([toBuffer(flat[at]), flat[at + 1]!]);
  return pairs;
}

/** {@link toPairs} for replies whose field names are plain text. */
export function toMap(reply: Reply | ErrorReply | undefined): Map<string, Reply> {
  return new Map(toPairs(reply).map(([field, value]) => [field.toString("utf8"), value]));
}
