"use client";

import { useQuery } from "@tanstack/react-query";
import { useLiveInterval } from "@/components/query/live";
import { rateLimitsQuery } from "./queries";

/** The counters of one person, watched. Everyone on a page who asks shares one query. */
export function useRateLimits(userRef: string) {
  return useQuery({ ...rateLimitsQuery(userRef), refetchInterval: useLiveInterval() });
}
