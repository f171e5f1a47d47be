/** The chain as it lies in Redis: a stream of lines with the ids `{seq}-0`, a head and, after archiving, a base. */
import { consoleKeys } from "../console-keys";
import { toArray, toText } from "../store/reply";
import type { Store } from "../store/store";
import type { Reply } from "../store/wire";
import { parseLine } from "./canonical";
import { type ChainEnd, readEnd } from "./chain-end";
import { unavailable, unfit } from "./unavailable";

/** The stream's one field. */
export const FIELD = "entry";

export interface StoredLine {
  seq: number;
  line: string;
}

/** One element of XRANGE's reply. @throws SafeError `audit_unavailable` for an element no console has written */
function toStoredLine(reply: Reply): StoredLine {
  const [id, fields] = toArray(reply);
  const seq = /^(\d{1,15})-0$/.exec(toText(id))?.[1];
  const [name, line, ...more] = toArray(fields);
  if (!seq || more.length > 0 || toText(name) !== FIELD) throw unfit();
  return { seq: Number(seq), line: toText(line) };
}

/** Up to `count` lines from sequence `from` on, oldest first. */
export async function readLines(
  store: Store,
  from: number,
  to: number,
  count: number,
): Promise<StoredLine[]> {
  const range = [`${from}-0`, `${to}-0`, "COUNT", count] as const;
  return toArray(await store.command("XRANGE", consoleKeys.auditEntries(), ...range)).map(toStoredLine);
}

/** Up to `count` lines from sequence `from` down, newest first; `from` null begins at the newest. */
export async function readLinesBack(store: Store, from: number | null, count: number): Promise<StoredLine[]> {
  const begin = from === null ? "+" : `${from}-0`;
  const key = consoleKeys.auditEntries();
  return toArray(await store.command("XREVRANGE", key, begin, "-", "COUNT", count)).map(toStoredLine);
}

export interface StoredChain {
  /** Null: nothing was ever written. */
  head: ChainEnd | null;
  /** The head as it is stored, for comparing; empty when there is none. */
  headText: string;
  /** Null: everything since the first entry is kept. */
  base: ChainEnd | null;
}

/**
 * Both ends, and the proof that the head belongs to the last entry.
 * @param macKey null: no CONSOLE_SECRET, MACs are taken on trust
 * @throws SafeError `audit_unavailable` when they do not belong together: that is never taken for an empty chain
 */
export async function readChain(store: Store, macKey: Buffer | null): Promise<StoredChain> {
  const [headReply, baseReply, lastReply] = await store.transaction([
    ["GET", consoleKeys.auditHead()],
    ["GET", consoleKeys.auditBase()],
    ["XREVRANGE", consoleKeys.auditEntries(), "+", "-", "COUNT", 1],
  ]);
  const headText = headReply === null ? "" : toText(headReply);
  const last = toArray(lastReply).map(toStoredLine)[0];
  const base = baseReply === null ? null : endOf("base", toText(baseReply), macKey);
  if (!headText) {
    if (last || base) throw unfit();
    return { head: null, headText, base };
  }
  const head = endOf("head", headText, macKey);
  if (!last || last.seq !== head.seq || parseLine(last.line)?.entry.hash !== head.hash) throw unfit();
  return { head, headText, base };
}

/** @throws SafeError `audit_unavailable` */
export function endOf(which: "head" | "base", text: string, macKey: Buffer | null): ChainEnd {
  const end = readEnd(which, text, macKey);
  if (end) return end;
  throw unavailable(
    `the chain's ${which} is not one that this console wrote.`,
    "Either CONSOLE_SECRET is not the one the chain was written with, or somebody changed it in Redis.",
  );
}
