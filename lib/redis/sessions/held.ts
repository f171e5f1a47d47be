/** What of a session's change is held for its undo (undo-record.ts on the floor below). */
import { toArray, toInt, toText } from "../store/reply";
import type { Reply } from "../store/wire";
import type { ListState } from "./change-schema";

/** Longer tails are not held: such a change says beforehand that it is for good. */
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
  | { kind: "life"; after: ListState; setAtMs: number; formerAtMs: number };

/** `{length, newest digest, oldest digest}` as the scripts give it. */
export function stateFrom(reply: Reply | undefined): ListState {
  const [length, newest, oldest] = toArray(reply);
  return { length: toInt(length), newestDigest: toText(newest), oldestDigest: toText(oldest) };
}
