import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import { aboutEverybody } from "@/components/query/live-topics";
import type { IndexesState } from "@/lib/redis/indexes/types";

export const indexesKeys = { all: ["indexes"] as const };

/** Every index of the server, and which one is used. */
export function indexesQuery() {
  return queryOptions({
    queryKey: indexesKeys.all,
    queryFn: ({ signal }) => fetchRead<IndexesState>("/api/indexes", {}, { signal }),
    meta: { live: [aboutEverybody("memories")], liveSpacingMs: 1_000 },
  });
}
