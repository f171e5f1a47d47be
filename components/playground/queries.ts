import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import type { PlaygroundState } from "@/lib/redis/playground/types";

export const playgroundKeys = {
  all: ["playground"] as const,
  state: (user: string | null) => ["playground", "state", user] as const,
};

/** What the page begins with. Its own turns it draws as they happen, so nothing asks again behind them. */
export function playgroundQuery(user: string | null) {
  return queryOptions({
    queryKey: playgroundKeys.state(user),
    queryFn: ({ signal }) => fetchRead<PlaygroundState>("/api/playground", { user }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    // Somebody who comes back to it may find it ended.
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
  });
}
