"use client";

import { useEffect, useState } from "react";
import { useNow } from "@/components/ui/clock";
import type { RateLimits } from "@/lib/redis/rate-limits/schema";
import { addSeen, type SeenCounts } from "./seen-counts";

/** Kept while the tab lives, so that a look at another tab of the person does not forget it; for a few people. */
const kept = new Map<string, readonly SeenCounts[]>();
const MAX_PEOPLE = 20;
const NOTHING: readonly SeenCounts[] = [];

/** What this page has seen of the person's counters since it was first opened. */
export function useSeenCounts(userRef: string, limits: RateLimits): readonly SeenCounts[] {
  const redisNowMs = useNow() + limits.clockOffsetMs;
  const [seen, setSeen] = useState(NOTHING);
  useEffect(() => {
    // What was just read is newer than the last tick.
    const next = addSeen(kept.get(userRef) ?? NOTHING, limits, Math.max(redisNowMs, limits.nowMs));
    kept.delete(userRef);
    kept.set(userRef, next);
    if (kept.size > MAX_PEOPLE) kept.delete(kept.keys().next().value!);
    setSeen(next);
  }, [userRef, limits, redisNowMs]);
  return seen;
}
