/**
 * What a change took away, held on the server for the seconds in which it can be undone: a page keeps only a random
 * name for it. It lives in the console's state under the person's subject, so that an erasure takes it along.
 */
import { randomBytes } from "node:crypto";
import { consoleKeys } from "../console-keys";
import { toArray, toInt, toText } from "../reply";
import type { Reply, Store } from "../store";
import type { ListState } from "./change-schema";

/** Longer than the offer on the page, for an answer that is on its way when it ends. */
const HELD_MS = 15_000;
/** More than this is not held: such a change says beforehand that it is for good. */
export const HELD_BYTES = 4_000_000;
export const HELD_MESSAGES = 5_000;

/** Bytes are base64; times epoch ms, -1 for no expiry. */
export type Held =
  | {
      kind: "message";
      after: ListState;
      position: number;
      bytes: string;
      /** Digests of the neighbours, "" where there was none. */
      older: string;
      newer: string;
      expireAtMs: number;
    }
  | { kind: "trimmed"; after: ListState; messages: string[] }
  | { kind: "life"; setAtMs: number; formerAtMs: number };

/**
 * @param session the session's reference: an undo under another one finds nothing
 * @returns the name to undo it by; null when it could not be kept, which is no reason to fail the change
 */
export async function holdForUndo(
  consoleStore: Store,
  { subject, session, held }: { subject: string | null; session: string; held: Held | null },
): Promise<string | null> {
  if (!held || subject === null) return null;
  const name = randomBytes(16).toString("base64url");
  const value = JSON.stringify({ session, held });
  const key = consoleKeys.undo(subject);
  try {
    await consoleStore.command("HSETEX", key, "PX", HELD_MS, "FIELDS", 1, name, value);
    return name;
  } catch {
    return null;
  }
}

/** Each name is good for one try. */
export async function takeHeld(
  consoleStore: Store,
  { subject, session, undo }: { subject: string; session: string; undo: string },
): Promise<Held | null> {
  const key = consoleKeys.undo(subject);
  const [found] = await consoleStore.transaction([
    ["HGET", key, undo],
    ["HDEL", key, undo],
  ]);
  if (found === null || found === undefined) return null;
  const record = JSON.parse(toText(found)) as { session: string; held: Held };
  return record.session === session ? record.held : null;
}

/** `{length, newest digest, oldest digest}` as the scripts give it. */
export function stateFrom(reply: Reply | undefined): ListState {
  const [length, newest, oldest] = toArray(reply);
  return { length: toInt(length), newestDigest: toText(newest), oldestDigest: toText(oldest) };
}
