"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { usePaused } from "@/components/query/live";
import { isServerTimeKnown, serverNow } from "@/components/ui/clock";
import { everyonesNextEndMs } from "./everyone-lists";
import { nextEndMs } from "./limit-words";
import { everyonesLimitsQuery, rateLimitsQuery } from "./queries";

/** Until Redis has taken a field away that has just ended; its own notice of that comes 39-75 ms late (measured). */
const AFTER_END_MS = 20;
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The counters of one person, watched. Everyone on a page who asks shares one query. */
export function useRateLimits(userRef: string) {
  const query = useQuery(rateLimitsQuery(userRef));
  const { data } = query;
  const endMs = data ? nextEndMs(data) : null;
  useLookAgain(endMs === null || !data ? null : endMs - data.clockOffsetMs, query.refetch);
  return query;
}

export function useEveryonesLimits() {
  const query = useQuery(everyonesLimitsQuery());
  const { data } = query;
  const endMs = data ? everyonesNextEndMs(data) : null;
  useLookAgain(endMs === null || !data ? null : endMs - data.clockOffsetMs, query.refetch);
  return query;
}

type Refetch = (options: { cancelRefetch: boolean }) => unknown;

/**
 * Asks again when the moment has come (epoch ms by the server's clock), and once more at first while the server's clock
 * is not known: what a page brought along says when it was made, and not how long ago that is.
 */
function useLookAgain(atMs: number | null, refetch: Refetch): void {
  const paused = usePaused();
  useEffect(() => {
    if (!isServerTimeKnown()) void refetch({ cancelRefetch: false });
  }, [refetch]);
  useEffect(() => {
    if (atMs === null || paused) return;
    const waitMs = Math.max(0, atMs - serverNow()) + AFTER_END_MS;
    const timer = setTimeout(() => void refetch({ cancelRefetch: false }), Math.min(waitMs, MAX_TIMER_MS));
    return () => clearTimeout(timer);
  }, [atMs, paused, refetch]);
}
