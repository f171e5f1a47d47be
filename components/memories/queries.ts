import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchRead, postRead } from "@/components/query/fetch-read";
import { aboutUser } from "@/components/query/live-topics";
import type { EmbeddingTerms, MemoryDetail, MemoryIndex, MemoryList } from "@/lib/redis/memories/types";
import type { AddressFilters } from "./filters";

export const memoryKeys = {
  /** Everything of one person; what other features keep of them hangs here too. */
  user: (userRef: string) => ["users", userRef] as const,
  all: (userRef: string) => ["users", userRef, "memories"] as const,
  list: (userRef: string, filters: AddressFilters) =>
    ["users", userRef, "memories", "list", filters] as const,
  top: (userRef: string) => ["users", userRef, "memories", "top"] as const,
  one: (userRef: string, memory: string) => ["users", userRef, "memories", "one", memory] as const,
  terms: (userRef: string) => ["users", userRef, "memories", "terms"] as const,
};

function path(userRef: string, rest = ""): string {
  return `/api/users/${userRef}/memories${rest}`;
}

/** By POST, because the text that is looked for may be personal. */
export function memoriesQuery(userRef: string, filters: AddressFilters) {
  return queryOptions({
    queryKey: memoryKeys.list(userRef, filters),
    queryFn: ({ signal }) => postRead<MemoryList>(path(userRef), filters, { signal }),
    // Another filter keeps the old cards until the new ones are there.
    placeholderData: keepPreviousData,
    meta: { live: [aboutUser("memories", userRef)] },
  });
}

/** The most important six, for the overview of a person. */
export const TOP_MEMORIES = { sort: "importance", limit: "6" } as const;

export function topMemoriesQuery(userRef: string) {
  return queryOptions({
    queryKey: memoryKeys.top(userRef),
    queryFn: ({ signal }) => postRead<MemoryList>(path(userRef), TOP_MEMORIES, { signal }),
    meta: { live: [aboutUser("memories", userRef)] },
  });
}

export function memoryQuery(userRef: string, memory: string) {
  return queryOptions({
    queryKey: memoryKeys.one(userRef, memory),
    queryFn: ({ signal }) =>
      fetchRead<MemoryDetail>(path(userRef, `/${encodeURIComponent(memory)}`), {}, { signal }),
    meta: { live: [aboutUser("memories", userRef)] },
  });
}

/** What a text written now would be embedded with. Changes only with the configuration and the index. */
export function termsQuery(userRef: string) {
  return queryOptions({
    queryKey: memoryKeys.terms(userRef),
    queryFn: ({ signal }) => fetchRead<EmbeddingTerms>(path(userRef, "/terms"), {}, { signal }),
    staleTime: 10_000,
  });
}

/** What is indexed moves while an index is being built, and nothing in the store tells of it. */
export const BUILDING_MS = 2_000;

/** @param often the interval of that time; see useUntoldInterval */
export function whileBuilding(often: number | false, data: { index: MemoryIndex } | undefined) {
  return data?.index.state === "building" ? often : false;
}
