/** Where the messages that are being read stand now, after the list has moved under them. */
import type { LocatedMessage } from "@/lib/redis/sessions/find-schema";
import type { MessagePage } from "@/lib/redis/sessions/schema";
import { type ConversationWindow, moveWindow, openWindow, type WindowItem } from "./conversation-window";
import type { SessionTarget } from "./mutations";
import { fetchAround, locateMessage, type Wanted } from "./queries";

/** Messages that a place is known by; twins are told apart by their neighbours. */
const KNOWN = 3;

/** All of the list was looked at and it is not there, or it was not found in the part that could be looked at. */
export type Lost = "gone" | "not-found";

export interface Asks {
  locate: (wanted: Wanted) => Promise<LocatedMessage>;
  around: (position: number) => Promise<MessagePage>;
}

function asksOf({ userRef, session }: SessionTarget): Asks {
  return {
    locate: (wanted) => locateMessage(userRef, session, wanted),
    around: (position) => fetchAround(userRef, session, position),
  };
}

/**
 * Trimmed lists keep what is left in order: then both ends of the window have moved alike, and so has all of it.
 * Otherwise something inside it is another now, and it is read again around the topmost message.
 */
export async function findAgain(
  target: SessionTarget,
  window: ConversationWindow,
  page: MessagePage,
  topmost: number,
  { locate, around }: Asks = asksOf(target),
): Promise<ConversationWindow | Lost> {
  const { items } = window;
  if (items.length === 0) return "not-found";

  /** Where these messages begin now. @param by how far down they are expected */
  function whereIs(run: readonly WindowItem[], by: number, near = false) {
    const position = Math.max(0, run[0]!.position - by);
    return locate({ position, marks: run.map(({ mark }) => mark), ...(near ? { near } : {}) });
  }

  const end = Math.max(0, items.length - KNOWN);
  const last = await whereIs(items.slice(end), 0);
  const by = last.position === null ? 0 : items[end]!.position - last.position;
  if (last.position !== null) {
    // A window is short: where its beginning stayed, it is near the place that its end tells.
    const first = await whereIs(items.slice(0, KNOWN), by, true);
    const moved = first.position === null ? null : window.first - first.position;
    const isTrimmed = moved === null && by > window.first;
    if (moved === by || isTrimmed) return moveWindow(window, page, by);
  }

  const at = Math.min(Math.max(0, topmost - window.first), items.length - 1);
  const show = async (position: number) => openWindow(await around(position), window, position);
  const run = await whereIs(items.slice(at, at + KNOWN), by);
  if (run.position !== null) return show(run.position);
  // What followed it may be gone, or it alone: then those that followed it stand where it stood.
  const alone = await whereIs(items.slice(at, at + 1), by);
  if (alone.position !== null) return show(alone.position);
  const next = items.slice(at + 1, at + 1 + KNOWN);
  const after = next.length > 0 ? await whereIs(next, by, true) : null;
  if (after && after.position !== null) return show(after.position);
  return alone.everywhere ? "gone" : "not-found";
}
