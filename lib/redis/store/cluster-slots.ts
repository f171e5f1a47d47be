/** Which of the 16,384 slots of a cluster a key belongs to (redis.io, cluster specification), and who holds them. */
import { toArray, toInt, toText } from "./reply";
import { hostPort } from "./store-address";
import type { Arg, Reply } from "./wire";

export const SLOTS = 16_384;

/** CRC16/XMODEM, a byte at a time. */
const CRC = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc & 0xffff;
});

function crc16(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ CRC[((crc >> 8) ^ byte) & 0xff]!;
  return crc;
}

const OPEN = 0x7b;
const CLOSE = 0x7d;

/** What stands between the first `{` and the next `}`, when that is anything. */
function hashTag(key: Buffer): Buffer | null {
  const open = key.indexOf(OPEN);
  const close = open < 0 ? -1 : key.indexOf(CLOSE, open + 1);
  return close > open + 1 ? key.subarray(open + 1, close) : null;
}

export function slotOf(key: Arg): number {
  const bytes = Buffer.isBuffer(key) ? key : Buffer.from(String(key));
  return crc16(hashTag(bytes) ?? bytes) % SLOTS;
}

/** @returns the one slot in which all keys lie that match this MATCH pattern; null when there may be several */
export function slotOfPattern(pattern: Buffer): number | null {
  const literal: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const byte = pattern[at]!;
    if (byte === 0x2a || byte === 0x3f || byte === 0x5b) break; // * ? [
    // A backslash takes the next byte literally; at the very end it stands for itself.
    const isEscape = byte === 0x5c && at + 1 < pattern.length;
    literal.push(isEscape ? pattern[++at]! : byte);
  }
  const tag = hashTag(Buffer.from(literal));
  return tag && crc16(tag) % SLOTS;
}

export interface ClusterMap {
  /** `host:port` of every primary that holds slots. */
  primaries: string[];
  /** For each slot an index into {@link primaries}, -1 when nobody holds it. */
  owner: Int16Array;
  /** The same for the same map. */
  signature: string;
}

/**
 * CLUSTER SLOTS as RESP2 sends it.
 * @param asked host of the node that answered: one that knows no name for itself leaves it out
 */
export function readClusterMap(reply: Reply, asked: string): ClusterMap {
  const primaries: string[] = [];
  const owner = new Int16Array(SLOTS).fill(-1);
  const lines: string[] = [];
  for (const range of toArray(reply)) {
    const [from, to, node] = toArray(range);
    const [host, port] = toArray(node);
    const named = host === null || host === undefined ? "" : toText(host);
    const address = hostPort(named === "" || named === "?" ? asked : named, toInt(port));
    let at = primaries.indexOf(address);
    if (at < 0) at = primaries.push(address) - 1;
    owner.fill(at, toInt(from), toInt(to) + 1);
    lines.push(`${toInt(from)}-${toInt(to)} ${address}`);
  }
  return { primaries, owner, signature: lines.sort().join("\n") };
}
