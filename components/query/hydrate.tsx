import { type DehydratedState, dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Result } from "@/lib/errors";

export type PrefetchEntry = {
  queryKey: readonly unknown[];
  read: Promise<Result<unknown>>;
  /** For an infinite query: the parameter of its first page. */
  firstPageParam?: unknown;
};

/**
 * What a page has read on the server, for the queries of its components. A failed read is left out: the
 * browser asks again and shows its own error state, with a way to retry.
 */
export async function prefetched(entries: PrefetchEntry[]): Promise<DehydratedState> {
  const client = new QueryClient();
  const results = await Promise.all(entries.map((entry) => entry.read));
  entries.forEach((entry, index) => {
    const result = results[index];
    if (!result?.ok) return;
    const data =
      "firstPageParam" in entry ? { pages: [result.data], pageParams: [entry.firstPageParam] } : result.data;
    client.setQueryData(entry.queryKey, data);
  });
  return dehydrate(client);
}

export type HydratedProps = { entries: PrefetchEntry[]; children: ReactNode };

export async function Hydrated({ entries, children }: HydratedProps) {
  return <HydrationBoundary state={await prefetched(entries)}>{children}</HydrationBoundary>;
}
