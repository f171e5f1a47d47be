import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import { ABOUT_LIMITS, ABOUT_SURVEY, aboutEverybody, aboutUser } from "@/components/query/live-topics";
import { setServerTime } from "@/components/ui/clock";
import type { EveryonesLimits, RateLimits } from "@/lib/redis/rate-limits/schema";

export const rateLimitsKeys = {
  all: ["rate-limits"] as const,
  everyone: ["rate-limits", "everyone"] as const,
  user: (userRef: string) => ["rate-limits", "user", userRef] as const,
};

/** Every answer tells the time, and how long it travelled: the page's clock, and so every countdown, goes by that. */
async function fetchTimed<T extends { nowMs: number; clockOffsetMs: number }>(
  path: string,
  signal: AbortSignal,
): Promise<T> {
  const sentAtMs = Date.now();
  const answer = await fetchRead<T>(path, {}, { signal });
  setServerTime(answer.nowMs - answer.clockOffsetMs, { sentAtMs, receivedAtMs: Date.now() });
  return answer;
}

/** The counters of one person. Asked again when they change; and when one of them ends, see use-rate-limits.ts. */
export function rateLimitsQuery(userRef: string) {
  return queryOptions({
    queryKey: rateLimitsKeys.user(userRef),
    queryFn: ({ signal }) =>
      fetchTimed<RateLimits>(`/api/users/${encodeURIComponent(userRef)}/rate-limits`, signal),
    meta: { live: [aboutUser("rate-limits", userRef), ABOUT_LIMITS] },
  });
}

/** Who is blocked or near, whose counters are in trouble, who asks most. */
export function everyonesLimitsQuery() {
  return queryOptions({
    queryKey: rateLimitsKeys.everyone,
    queryFn: ({ signal }) => fetchTimed<EveryonesLimits>("/api/rate-limits", signal),
    meta: { live: [aboutEverybody("rate-limits"), ABOUT_SURVEY, ABOUT_LIMITS] },
  });
}
