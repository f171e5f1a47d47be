import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import type { ErasurePreview, ErasureRunState } from "@/lib/redis/erasure/schema";

export const erasureKeys = {
  preview: (userRef: string) => ["users", userRef, "erasure", "preview"] as const,
  run: (userRef: string) => ["users", userRef, "erasure", "run"] as const,
};

/** The preview walks the whole keyspace: on a large store that takes seconds. It is not asked again by itself. */
const PREVIEW_TIMEOUT_MS = 60_000;

export function previewQuery(userRef: string) {
  return queryOptions({
    queryKey: erasureKeys.preview(userRef),
    queryFn: ({ signal }) =>
      fetchRead<ErasurePreview>(
        `/api/users/${userRef}/erasure`,
        {},
        { signal, timeoutMs: PREVIEW_TIMEOUT_MS },
      ),
    staleTime: 30_000,
  });
}

export function runQuery(userRef: string) {
  return queryOptions({
    queryKey: erasureKeys.run(userRef),
    queryFn: ({ signal }) => fetchRead<ErasureRunState>(`/api/users/${userRef}/erasure/run`, {}, { signal }),
    // Somebody else may start one: then this page shows it, wherever it was begun.
    refetchInterval: (query) => (query.state.data?.run?.status === "running" ? 1_000 : 5_000),
    staleTime: 0,
  });
}
