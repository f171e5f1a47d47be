import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import type { Me } from "@/lib/redis/account/schema";

/** Roles and reveals change under an open page; the guard knows at once, the page within this time. */
export const LOOK_EVERY_MS = 15_000;

/** Who is signed in. */
export function meQuery() {
  return queryOptions({
    queryKey: ["account", "me"],
    queryFn: ({ signal }) => fetchRead<Me>("/api/account", {}, { signal }),
    staleTime: LOOK_EVERY_MS,
  });
}
