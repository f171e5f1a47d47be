import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchRead, postRead } from "@/components/query/fetch-read";
import { whileRunning } from "@/components/query/job-progress";
import { aboutUser } from "@/components/query/live-topics";
import type { BulkInput } from "@/lib/redis/memories/change-schema";
import type { MemoryHistory } from "@/lib/redis/memories/history-schema";
import { PAGE_SIZE } from "@/lib/redis/memories/rules";
import type {
  BulkPreview,
  BulkView,
  Duplicates,
  EmbeddingTerms,
  MemoryDetail,
  MemoryIndex,
  MemoryList,
} from "@/lib/redis/memories/types";
import type { AddressFilters } from "./filters";

export const memoryKeys = {
  /** Everything of one person; what other features keep of them hangs here too. */
  user: (userRef: string) => ["users", userRef] as const,
  all: (userRef: string) => ["users", userRef, "memories"] as const,
  list: (userRef: string, filters: AddressFilters, page = 0) =>
    ["users", userRef, "memories", "list", filters, page] as const,
  top: (userRef: string) => ["users", userRef, "memories", "top"] as const,
  one: (userRef: string, memory: string) => ["users", userRef, "memories", "one", memory] as const,
  history: (userRef: string, memory: string) => ["users", userRef, "memories", "history", memory] as const,
  terms: (userRef: string) => ["users", userRef, "memories", "terms"] as const,
  duplicates: (userRef: string, threshold: string) =>
    ["users", userRef, "memories", "duplicates", threshold] as const,
  bulk: (userRef: string) => ["users", userRef, "memories", "bulk"] as const,
  preview: (userRef: string, input: Omit<BulkInput, "ref">) =>
    ["users", userRef, "memories", "bulk-preview", input] as const,
};

function path(userRef: string, rest = ""): string {
  return `/api/users/${userRef}/memories${rest}`;
}

/** A filter over twenty thousand texts takes longer than a page may usually take, and reading them the first time too. */
const LIST_TIMEOUT_MS = 15_000;
/** Pages that were scrolled past are let go: twenty thousand cards are not kept in a tab. */
const PAGE_KEPT_MS = 20_000;

/** One page of fifty. By POST, because the text that is looked for may be personal. */
export function memoriesQuery(userRef: string, filters: AddressFilters, page = 0) {
  return queryOptions({
    queryKey: memoryKeys.list(userRef, filters, page),
    queryFn: ({ signal }) => {
      const input = page === 0 ? filters : { ...filters, cursor: String(page * PAGE_SIZE) };
      return postRead<MemoryList>(path(userRef), input, { signal, timeoutMs: LIST_TIMEOUT_MS });
    },
    gcTime: PAGE_KEPT_MS,
    meta: { live: [aboutUser("memories", userRef)] },
  });
}

/** The first page, which also says how many there are. Another filter keeps the old cards until the new ones come. */
export function firstMemoriesQuery(userRef: string, filters: AddressFilters) {
  return queryOptions({ ...memoriesQuery(userRef, filters), placeholderData: keepPreviousData });
}

/** The most important six, for the overview of a person. */
export const TOP_MEMORIES = { sort: "importance", limit: "6" } as const;

export function topMemoriesQuery(userRef: string) {
  return queryOptions({
    queryKey: memoryKeys.top(userRef),
    queryFn: ({ signal }) =>
      postRead<MemoryList>(path(userRef), TOP_MEMORIES, { signal, timeoutMs: LIST_TIMEOUT_MS }),
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

/** Read when it is looked at; an edit of this console is an edit of the memory, of which Redis tells. */
export function historyQuery(userRef: string, memory: string) {
  return queryOptions({
    queryKey: memoryKeys.history(userRef, memory),
    queryFn: ({ signal }) =>
      fetchRead<MemoryHistory>(path(userRef, `/${encodeURIComponent(memory)}/history`), {}, { signal }),
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

/** Dear to read, so not read again with every change. */
export function duplicatesQuery(userRef: string, threshold: string) {
  return queryOptions({
    queryKey: memoryKeys.duplicates(userRef, threshold),
    queryFn: ({ signal }) =>
      fetchRead<Duplicates>(path(userRef, "/duplicates"), { threshold }, { signal, timeoutMs: 30_000 }),
    gcTime: PAGE_KEPT_MS,
  });
}

export function bulkPreviewQuery(userRef: string, input: Omit<BulkInput, "ref">) {
  return queryOptions({
    queryKey: memoryKeys.preview(userRef, input),
    queryFn: ({ signal }) =>
      postRead<BulkPreview>(path(userRef, "/bulk/preview"), input, { signal, timeoutMs: LIST_TIMEOUT_MS }),
    placeholderData: keepPreviousData,
    gcTime: 0,
    meta: { live: [aboutUser("memories", userRef)] },
  });
}

/** The last change of many, asked again while it runs. */
export function bulkQuery(userRef: string) {
  return queryOptions({
    queryKey: memoryKeys.bulk(userRef),
    queryFn: ({ signal }) => fetchRead<BulkView | null>(path(userRef, "/bulk"), {}, { signal }),
    refetchInterval: ({ state }) => whileRunning(state.data),
  });
}

/** What is indexed moves while an index is being built, and nothing in the store tells of it. */
export const BUILDING_MS = 2_000;

/** @param often the interval of that time; see useUntoldInterval */
export function whileBuilding(often: number | false, data: { index: MemoryIndex } | undefined) {
  return data?.index.state === "building" ? often : false;
}
