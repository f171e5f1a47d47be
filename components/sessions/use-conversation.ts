"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { MessagePage } from "@/lib/redis/sessions/schema";
import {
  type ConversationWindow,
  joinNewest,
  joinPage,
  newerThan,
  openWindow,
  withoutMessage,
} from "./conversation-window";
import { findAgain, type Lost } from "./find-again";
import { fetchAround, fetchMessages, newestMessagesQuery } from "./queries";

export type Side = "older" | "newer";

/**
 * A session that is watched, and the run of its messages that is in the browser. Everything that may be old when
 * it arrives is laid over what is there by {@link joinNewest} and {@link joinPage}.
 */
export function useConversation(userRef: string, session: string) {
  const newest = useQuery(newestMessagesQuery(userRef, session));
  const page = newest.data;
  const [window, setWindow] = useState<ConversationWindow | null>(null);
  // With the page that is its first, not a drawing later: somebody waits for the messages.
  const [first, setFirst] = useState<MessagePage | null>(null);
  if (first === null && page) {
    setFirst(page);
    setWindow(openWindow(page));
  }
  const [loading, setLoading] = useState<Side | null>(null);
  const [failed, setFailed] = useState<Side | null>(null);
  /** What was read had to be left: it is gone, or was not found. */
  const [lost, setLost] = useState<Lost | null>(null);
  /** Does the reader look at the newest end? Told by the stream, needed when a page arrives. */
  const following = useRef(true);
  /** Position of the topmost message on the screen, told by the stream. */
  const topmost = useRef(0);
  const current = useRef(window);
  current.current = window;

  useEffect(() => {
    if (!page) return;
    // The console answers again: what failed is asked for again by itself.
    setFailed(null);
    const before = current.current;
    if (!before || page === first) return;
    const next = joinNewest(before, page, following.current);
    const wasMasked = before.items.some((item) => item.masked);
    const mayStay =
      next.restarts === before.restarts || following.current || wasMasked !== (page.masked === true);
    if (mayStay) return setWindow(next);
    // The list was trimmed, or changed inside, under somebody who reads further up: look where that stands now.
    let stale = false;
    findAgain({ userRef, session }, before, page, topmost.current)
      .catch((): Lost => "not-found")
      .then((found) => {
        if (stale) return;
        const isLost = typeof found === "string";
        setWindow(isLost ? next : found);
        if (isLost) setLost(found);
      });
    return () => {
      stale = true;
    };
  }, [page, first, userRef, session]);

  const load = useCallback(
    async (side: Side) => {
      if (!window || loading) return;
      const end = window.first + window.items.length;
      if (side === "older" ? window.first === 0 : newerThan(window) === 0) return;
      setLoading(side);
      setFailed(null);
      try {
        const more = await fetchMessages(
          userRef,
          session,
          side === "older" ? { before: window.first } : { after: end - 1 },
        );
        setWindow((before) => (before ? joinPage(before, more) : before));
      } catch {
        setFailed(side);
      } finally {
        setLoading(null);
      }
    },
    [window, loading, userRef, session],
  );

  /** Go on at the newest message, leaving out what lies between. */
  const jumpToNewest = useCallback(() => {
    following.current = true;
    setLost(null);
    if (page) setWindow((before) => openWindow(page, before ?? undefined));
  }, [page]);

  /** Show the message at a position. @returns those around it. @throws ConsoleError when it cannot be read */
  const show = useCallback(
    async (position: number) => {
      const around = await fetchAround(userRef, session, position);
      if (around.messages.length === 0) return [];
      following.current = false;
      setLost(null);
      setWindow((before) => openWindow(around, before ?? undefined, position));
      return around.messages;
    },
    [userRef, session],
  );

  const remove = useCallback((key: number) => {
    setWindow((before) => (before ? withoutMessage(before, key) : before));
  }, []);

  return {
    newest,
    page,
    window,
    following,
    topmost,
    load,
    loading,
    failed,
    lost,
    jumpToNewest,
    show,
    remove,
  };
}

export type Conversation = ReturnType<typeof useConversation>;
