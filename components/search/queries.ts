import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ConsoleError } from "@/components/query/console-error";
import { fetchRead } from "@/components/query/fetch-read";
import { runAction } from "@/components/query/run-action";
import { searchAction } from "@/lib/redis/search/actions";
import type { SearchInput } from "@/lib/redis/search/schema";
import type { SearchResult, SearchSetup } from "@/lib/redis/search/types";

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

/** One search; null asks nothing. It goes by server action, so that what people look for is in no address. */
export function searchQuery(input: SearchInput | null) {
  return queryOptions({
    queryKey: searchKeys.result(input),
    queryFn: () => search(input!),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
}

async function search(input: SearchInput): Promise<SearchResult> {
  try {
    return await runAction(() => searchAction(input));
  } catch (error) {
    if (!(error instanceof ConsoleError) || error.code !== "outcome_unknown") throw error;
    // Actions count a lost answer as a change of unknown outcome; a search changes nothing.
    throw new ConsoleError({
      code: "console_unreachable",
      message: "The console's server does not answer.",
      hint: "Search again when it does.",
    });
  }
}
