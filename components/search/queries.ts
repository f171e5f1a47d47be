import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchRead, postRead } from "@/components/query/fetch-read";
import type { SearchResult, SearchSetup } from "@/lib/redis/recall/types";
import type { SearchInput } from "@/lib/redis/search/schema";

export const searchKeys = {
  all: ["search"] as const,
  setup: (user: string | null) => ["search", "setup", user] as const,
  result: (input: SearchInput | null) => ["search", "result", input] as const,
};

/** What a search will run on: engine, index, model, and the person of a reference. */
export function searchSetupQuery(user: string | null) {
  return queryOptions({
    queryKey: searchKeys.setup(user),
    queryFn: ({ signal }) => fetchRead<SearchSetup>("/api/search", { user }, { signal }),
    staleTime: 5_000,
  });
}

/** The model may take its five seconds, and Redis its three. */
const SEARCH_TIMEOUT_MS = 15_000;

/** One search; null asks nothing. It goes by POST, so that what people look for is in no address. */
export function searchQuery(input: SearchInput | null) {
  return queryOptions({
    queryKey: searchKeys.result(input),
    queryFn: ({ signal }) =>
      postRead<SearchResult>("/api/search", input!, { signal, timeoutMs: SEARCH_TIMEOUT_MS }),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
}
