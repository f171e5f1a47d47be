import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import type { RateLimits } from "@/lib/redis/rate-limits/schema";

export const rateLimitsKeys = {
  all: ["rate-limits"] as const,
  user: (userRef: string) => ["rate-limits", userRef] as const,
};

/** The counters of one person. Watchers add a refetchInterval; see use-rate-limits.ts. */
export function rateLimitsQuery(userRef: string) {
  return queryOptions({
    queryKey: rateLimitsKeys.user(userRef),
    queryFn: ({ signal }) =>
      fetchRead<RateLimits>(`/api/users/${encodeURIComponent(userRef)}/rate-limits`, {}, { signal }),
  });
}
