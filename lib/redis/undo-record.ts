/**
 * What a change took away, held on the server for the seconds in which it can be undone: a page keeps only a random
 * name for it. It lives in the console's state under the person's subject, so that an erasure takes it along, and
 * sealed, because it is what somebody wanted gone.
 */
import { randomBytes } from "node:crypto";
import { seal, unseal } from "../sealed";
import { consoleKeys } from "./console-keys";
import { toText } from "./store/reply";
import type { Store } from "./store/store";

/** Longer than the offer on the page, for an answer that is on its way when it ends. */
const HELD_MS = 15_000;
/** More than this is not held: such a change is for good. */
export const HELD_BYTES = 4_000_000;

export interface HeldFor<Held> {
  subject: string | null;
  /** What was changed, for example a session's reference: an undo under another scope finds nothing. */
  scope: string;
  /** JSON; bytes as base64. */
  held: Held | null;
}

/** @returns the name to undo it by; null when it could not be kept, which is no reason to fail the change */
export async function holdForUndo<Held>(
  consoleStore: Store,
  { subject, scope, held }: HeldFor<Held>,
): Promise<string | null> {
  if (!held || subject === null) return null;
  const name = randomBytes(16).toString("base64url");
  const key = consoleKeys.undo(subject);
  try {
    const value = seal(placeOf(subject, scope), JSON.stringify(held));
    await consoleStore.command("HSETEX", key, "PX", HELD_MS, "FIELDS", 1, name, value);
    return name;
  } catch {
    return null;
  }
}

/** Each name is good for one try. @returns null when its time is over, or it is another's */
export async function takeHeld<Held>(
  consoleStore: Store,
  { subject, scope, undo }: { subject: string; scope: string; undo: string },
): Promise<Held | null> {
  const key = consoleKeys.undo(subject);
  const [found] = await consoleStore.transaction([
    ["HGET", key, undo],
    ["HDEL", key, undo],
  ]);
  if (found === null || found === undefined) return null;
  const text = unseal(placeOf(subject, scope), toText(found));
  return text === null ? null : (JSON.parse(text) as Held);
}

function placeOf(subject: string, scope: string): string {
  return `undo\0${subject}\0${scope}`;
}
