/**
 * The part of a conversation that is in the browser: one run of messages without holes, which grows at both ends.
 *
 * Positions count from the oldest message. New messages do not change them, but assistants trim (LTRIM) while
 * they write, and then every position moves down. So each look at the newest page is laid over what is there by
 * the messages' digests; where it does not fit, the window begins anew.
 */
import type { MessagePage, SessionMessage } from "@/lib/redis/sessions/schema";

/** A message with a key that stays while its position moves. */
export type WindowItem = SessionMessage & { key: number };

export interface ConversationWindow {
  /** Oldest first; positions are `first`, `first + 1` … */
  items: WindowItem[];
  first: number;
  length: number;
  newestDigest: string;
  oldestDigest: string;
  /** Messages that came at the newest end since the window was opened. */
  arrived: number;
  /** How often it had to begin anew: what was scrolled to is gone then. */
  restarts: number;
  /** Key of the message to show when it began anew elsewhere than at the newest end. */
  anchor: number | null;
}

type Page = Pick<MessagePage, "length" | "newestDigest" | "oldestDigest" | "messages">;

/** What is farther away than this is dropped and read again when somebody scrolls there: memory stays flat. */
export const MOST_ITEMS = 600;

/** @param at position to show; without it, the newest message */
export function openWindow(page: Page, before?: ConversationWindow, at?: number): ConversationWindow {
  const nextKey = before?.items.length ? before.items.at(-1)!.key + 1 : 0;
  const first = page.messages[0]?.position ?? 0;
  const ahead = at === undefined ? null : Math.min(Math.max(0, at - first), page.messages.length - 1);
  return {
    items: page.messages.map((message, index) => ({ ...message, key: nextKey + index })),
    first,
    ...stateOf(page),
    arrived: before?.arrived ?? 0,
    restarts: before ? before.restarts + 1 : 0,
    anchor: ahead === null || ahead < 0 ? null : nextKey + ahead,
  };
}

/** Position of the message with this mark that is nearest to where it stood; null when it is not in the window. */
export function placeOf(
  { items }: Pick<ConversationWindow, "items">,
  was: { position: number; mark: string },
): number | null {
  const far = (position: number) => Math.abs(position - was.position);
  let nearest: number | null = null;
  for (const { position, mark } of items) {
    if (mark === was.mark && (nearest === null || far(position) < far(nearest))) nearest = position;
  }
  return nearest;
}

/** Messages newer than the window's last one. */
export function newerThan(window: ConversationWindow): number {
  return Math.max(0, window.length - window.first - window.items.length);
}

/**
 * Lay the newest page over the window.
 * @param following the reader is at the newest end: a hole before the new page is then jumped over
 */
export function joinNewest(window: ConversationWindow, page: Page, following: boolean): ConversationWindow {
  const shift = findShift(window, page);
  if (shift === null) return openWindow(page, window);
  const trimmed = Math.max(0, shift - window.first);
  const first = Math.max(0, window.first - shift);
  // Behind the list's end there is nothing any more: the newest ones were taken away.
  const items = place(window.items.slice(trimmed, trimmed + Math.max(0, page.length - first)), first);
  const next: ConversationWindow = {
    ...window,
    ...stateOf(page),
    items,
    first,
    arrived: window.arrived + Math.max(0, page.length + shift - window.length),
  };
  const end = first + items.length;
  const fresh = page.messages.filter(({ position }) => position >= end);
  if (fresh.length === 0) return next;
  if (fresh[0]!.position > end)
    return following ? { ...openWindow(page, next), restarts: next.restarts } : next;
  const grown = [...items, ...keyed(fresh, (items.at(-1)?.key ?? -1) + 1)];
  if (grown.length <= MOST_ITEMS) return { ...next, items: grown };
  // Who reads further up keeps what they read; the newest are read again when they come back.
  return following ? keepNewest({ ...next, items: grown }) : next;
}

function keepNewest(window: ConversationWindow): ConversationWindow {
  const over = Math.max(0, window.items.length - MOST_ITEMS);
  return over === 0 ? window : { ...window, items: window.items.slice(over), first: window.first + over };
}

/**
 * The window's messages at the places they have now, after the list was trimmed under it; `by` positions down.
 */
export function moveWindow(window: ConversationWindow, page: Page, by: number): ConversationWindow {
  const gone = Math.max(0, by - window.first);
  const first = Math.max(0, window.first - by);
  return {
    ...window,
    ...stateOf(page),
    items: place(window.items.slice(gone), first),
    first,
    arrived: window.arrived + Math.max(0, page.length + by - window.length),
  };
}

/** Add a page that was asked for at one of the ends. One that does not fit (any more) changes nothing. */
export function joinPage(window: ConversationWindow, page: Page): ConversationWindow {
  const [oldest, newest] = [page.messages[0], page.messages.at(-1)];
  if (!oldest || !newest || page.oldestDigest !== window.oldestDigest) return window;
  if (newest.position === window.first - 1) {
    const firstKey = (window.items[0]?.key ?? 0) - page.messages.length;
    const items = [...keyed(page.messages, firstKey), ...window.items].slice(0, MOST_ITEMS);
    return { ...window, first: oldest.position, items };
  }
  if (oldest.position === window.first + window.items.length) {
    return keepNewest({
      ...window,
      items: [...window.items, ...keyed(page.messages, (window.items.at(-1)?.key ?? -1) + 1)],
    });
  }
  return window;
}

/** One message was deleted by this page itself. */
export function withoutMessage(window: ConversationWindow, key: number): ConversationWindow {
  const left = window.items.filter((item) => item.key !== key);
  if (left.length === window.items.length) return window;
  return { ...window, items: place(left, window.first), length: window.length - 1 };
}

/** By how much positions moved down since the window was made: 0 mostly; null when nothing fits. */
function findShift(window: ConversationWindow, page: Page): number | null {
  const pageFirst = page.messages[0]?.position ?? 0;
  const last = window.first + window.items.length - 1;
  if (window.items.length === 0) return null;
  // Beyond the newest page nothing can be compared; a list that became shorter has lost something somewhere.
  if (page.oldestDigest === window.oldestDigest && last < pageFirst) {
    return page.length < window.length ? null : 0;
  }
  for (let shift = 0; shift <= last - pageFirst; shift += 1) {
    if (fits(window, page, shift)) return shift;
  }
  return null;
}

function fits(window: ConversationWindow, page: Page, shift: number): boolean {
  let overlap = 0;
  for (const { position, digest } of page.messages) {
    const item = window.items[position + shift - window.first];
    if (!item) continue;
    if (item.digest !== digest) return false;
    overlap += 1;
  }
  // One equal message may be a twin from elsewhere; then the list's own beginning must be the same one too.
  return (
    overlap >= Math.min(3, window.items.length) || (overlap > 0 && page.oldestDigest === window.oldestDigest)
  );
}

function place(items: WindowItem[], first: number): WindowItem[] {
  return items.map((item, index) =>
    item.position === first + index ? item : { ...item, position: first + index },
  );
}

function keyed(messages: SessionMessage[], firstKey: number): WindowItem[] {
  return messages.map((message, index) => ({ ...message, key: firstKey + index }));
}

function stateOf({ length, newestDigest, oldestDigest }: Page) {
  return { length, newestDigest, oldestDigest };
}
