import { queryOptions } from "@tanstack/react-query";
import { fetchRead, postRead } from "@/components/query/fetch-read";
import { whileRunning } from "@/components/query/job-progress";
import { aboutEverybody } from "@/components/query/live-topics";
import type { Comparison, SetDetail, SetList, Side } from "@/lib/redis/evaluation/types";
import type { SearchResult } from "@/lib/redis/recall/types";

export const evaluationKeys = {
  all: ["evaluation"] as const,
  sets: ["evaluation", "sets"] as const,
  set: (id: string, page: number) => ["evaluation", "set", id, page] as const,
  comparison: (id: string, first: Side, second: Side) =>
    ["evaluation", "comparison", id, first, second] as const,
  candidates: (person: Person | null, query: string) => ["evaluation", "candidates", person, query] as const,
};

export function setsQuery() {
  return queryOptions({
    queryKey: evaluationKeys.sets,
    queryFn: ({ signal }) => fetchRead<SetList>("/api/evaluation", {}, { signal }),
  });
}

/** A set with a page of its questions, its runs, and the one under way. */
export function setQuery(id: string, page: number) {
  return queryOptions({
    queryKey: evaluationKeys.set(id, page),
    queryFn: ({ signal }) => fetchRead<SetDetail>(`/api/evaluation/${id}`, { page }, { signal }),
    // What is expected is shown as it is now.
    meta: { live: [aboutEverybody("memories")], liveSpacingMs: 5_000 },
    refetchInterval: ({ state }) => whileRunning(state.data?.job),
  });
}

export function comparisonQuery(id: string, first: Side, second: Side) {
  return queryOptions({
    queryKey: evaluationKeys.comparison(id, first, second),
    queryFn: ({ signal }) =>
      fetchRead<Comparison>(
        `/api/evaluation/${id}/compare`,
        {
          firstRun: first.run,
          firstSetting: first.setting,
          secondRun: second.run,
          secondSetting: second.setting,
        },
        { signal },
      ),
    // A run does not change, and its answers are read once.
    staleTime: 60_000,
  });
}

/** Who is asked about: by reference, or by the id as typed. */
export type Person = { userRef: string } | { userTyped: string };

/** Enough to find what a question should find, and not what it does. */
const CANDIDATES = 20;

/** A search for memories to expect; null asks nothing. By POST: what people look for is in no address. */
export function candidatesQuery(person: Person | null, query: string) {
  return queryOptions({
    queryKey: evaluationKeys.candidates(person, query),
    queryFn: ({ signal }) =>
      postRead<SearchResult>(
        "/api/search",
        { ...person, query, k: CANDIDATES },
        { signal, timeoutMs: 15_000 },
      ),
    enabled: person !== null && query !== "",
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
}
