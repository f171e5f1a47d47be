/** Where the messages that are being read stand now, after the list has moved under them. */
import type { MessagePage } from "@/lib/redis/sessions/schema";
import { type ConversationWindow, moveWindow, openWindow, type WindowItem } from "./conversation-window";
import type { SessionTarget } from "./mutations";
import { fetchAround, locateMessage } from "./queries";

/** Messages that a place is known by; twins are told apart by their neighbours. */
const KNOWN = 3;

/**
 * Trimmed lists keep what is left in order: then both ends of the window have moved alike, and so has all of it.
 * Otherwise something inside it is another now, and it is read again around the topmost message.
 * @returns null when that message is gone
 */
export async function findAgain(
  target: SessionTarget,
  window: ConversationWindow,
  page: MessagePage,
  topmost: number,
): Promise<ConversationWindow | null> {
  const { items } = window;
  if (items.length === 0) return null;
  const at = Math.min(Math.max(0, topmost - window.first), items.length - 1);
  const moved = (index: number) => movedBy(target, items.slice(index, index + KNOWN));
  const [first, read, last] = await Promise.all([
    moved(0),
    moved(at),
    moved(Math.max(0, items.length - KNOWN)),
  ]);
  const isTrimmed = first === null && last !== null && last > window.first;
  if (last !== null && (first === last || isTrimmed)) return moveWindow(window, page, last);
  if (read === null) return null;
  const position = items[at]!.position - read;
  return openWindow(await fetchAround(target.userRef, target.session, position), window, position);
}

/** By how many places the first of these messages went down; null when it is gone. */
async function movedBy(target: SessionTarget, run: readonly WindowItem[]): Promise<number | null> {
  const from = run[0]!.position;
  const marks = run.map(({ mark }) => mark);
  const { position } = await locateMessage(target.userRef, target.session, from, marks);
  return position === null ? null : from - position;
}
