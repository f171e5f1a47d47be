import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchRead, postRead } from "@/components/query/fetch-read";
import type { MemoryList } from "@/lib/redis/memories/types";
import type { SearchResult, SearchSetup, VectorSets } from "@/lib/redis/recall/types";
import type { WhyAnswer } from "@/lib/redis/recall/why-types";
import type { SearchInput, VectorSetsInput, WhyInput } from "@/lib/redis/search/schema";

export const searchKeys = {
  all: ["search"] as const,
  setup: (user: string | null) => ["search", "setup", user] as const,
  result: (input: SearchInput | null) => ["search", "result", input] as const,
  why: (input: WhyInput | null) => ["search", "why", input] as const,
  vectorSets: (input: VectorSetsInput | null) => ["search", "vector-sets", input] as const,
  candidates: (userRef: string, text: string) => ["search", "candidates", userRef, text] as const,
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

/** Why a memory is not among the hits; null asks nothing. A dozen searches may be behind it. */
export function whyQuery(input: WhyInput | null) {
  return queryOptions({
    queryKey: searchKeys.why(input),
    queryFn: ({ signal }) =>
      postRead<WhyAnswer>("/api/search/why", input!, { signal, timeoutMs: SEARCH_TIMEOUT_MS }),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** A person's vector sets, searched; null asks nothing. */
export function vectorSetsQuery(input: VectorSetsInput | null) {
  return queryOptions({
    queryKey: searchKeys.vectorSets(input),
    queryFn: ({ signal }) =>
      postRead<VectorSets>("/api/search/vector-sets", input!, { signal, timeoutMs: SEARCH_TIMEOUT_MS }),
    enabled: input !== null,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** Memories of a person that hold a text, to say which one was expected. */
export function candidatesQuery(userRef: string, text: string) {
  return queryOptions({
    queryKey: searchKeys.candidates(userRef, text),
    queryFn: ({ signal }) =>
      postRead<MemoryList>(
        `/api/users/${userRef}/memories`,
        { sort: "importance", limit: "8", ...(text === "" ? {} : { text }) },
        { signal },
      ),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
