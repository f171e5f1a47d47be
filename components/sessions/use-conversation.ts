"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLiveInterval } from "@/components/query/live";
import {
  type ConversationWindow,
  joinNewest,
  joinPage,
  newerThan,
  openWindow,
  withoutMessage,
} from "./conversation-window";
import { fetchMessages, newestMessagesQuery } from "./queries";

export type Side = "older" | "newer";

/**
 * A session that is watched, and the run of its messages that is in the browser. Everything that may be old when
 * it arrives is laid over what is there by {@link joinNewest} and {@link joinPage}.
 */
export function useConversation(userRef: string, session: string) {
  const newest = useQuery({
    ...newestMessagesQuery(userRef, session),
    refetchInterval: useLiveInterval(),
  });
  const page = newest.data;
  const [window, setWindow] = useState<ConversationWindow | null>(() => (page ? openWindow(page) : null));
  const [loading, setLoading] = useState<Side | null>(null);
  const [failed, setFailed] = useState<Side | null>(null);
  /** Does the reader look at the newest end? Told by the stream, needed when a page arrives. */
  const following = useRef(true);

  useEffect(() => {
    if (!page) return;
    // The console answers again: what failed is asked for again by itself.
    setFailed(null);
    setWindow((before) => (before ? joinNewest(before, page, following.current) : openWindow(page)));
  }, [page]);

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
    if (page) setWindow((before) => openWindow(page, before ?? undefined));
  }, [page]);

  const remove = useCallback((key: number) => {
    setWindow((before) => (before ? withoutMessage(before, key) : before));
  }, []);

  return { newest, page, window, following, load, loading, failed, jumpToNewest, remove };
}

export type Conversation = ReturnType<typeof useConversation>;
