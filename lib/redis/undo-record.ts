/**
 * What a change took away, held on the server for the seconds in which it can be undone: a page keeps only a random
 * name for it. It lives in the console's state under the person's subject, so that an erasure takes it along, and
 * sealed, because it is what somebody wanted gone.
 */
import { randomBytes } from "node:crypto";
import { SafeError } from "../errors";
import { seal, unseal } from "../sealed";
import { consoleKeys } from "./console-keys";
import { toArray, toText } from "./store/reply";
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

export interface Undoing<Held, Undone> {
  subject: string;
  scope: string;
  /** The name that the change was answered with. */
  undo: string;
  /**
   * Puts it back in one step, or refuses. Two clicks may call it twice at once, so it looks itself whether all is as
   * the change left it. `conflict` says that it can never be put back.
   */
  restore: (held: Held) => Promise<Undone>;
}

/**
 * What is held goes when it was put back, and when it never can be. After any other failure it stays, for as long again
 * as it was held at first: memory is freed and connections come back, and this is the only copy.
 * @throws SafeError `not_found` when its time is over, it was undone already, or it is another's; what `restore` throws
 */
export async function undoHeld<Held, Undone>(
  consoleStore: Store,
  { subject, scope, undo, restore }: Undoing<Held, Undone>,
): Promise<Undone> {
  const key = consoleKeys.undo(subject);
  const reply = await consoleStore.command("HGETEX", key, "PX", HELD_MS, "FIELDS", 1, undo);
  const found = reply === null ? null : (toArray(reply)[0] ?? null);
  const text = found === null ? null : unseal(placeOf(subject, scope), toText(found));
  if (text === null) {
    throw new SafeError("not_found", "It is too late to undo this.", {
      hint: "What a change takes away is held for some seconds only.",
    });
  }
  // What cannot be let go now goes by itself, in some seconds.
  const letGo = () => consoleStore.command("HDEL", key, undo).catch(() => null);
  try {
    const undone = await restore(JSON.parse(text) as Held);
    await letGo();
    return undone;
  } catch (error) {
    if (error instanceof SafeError && error.code === "conflict") await letGo();
    throw error;
  }
}

function placeOf(subject: string, scope: string): string {
  return `undo\0${subject}\0${scope}`;
}
