import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import type { ListedSession } from "@/lib/redis/sign-in/listed-session";

export function mySessionsQuery() {
  return queryOptions({
    queryKey: ["account", "sessions"],
    queryFn: ({ signal }) => fetchRead<ListedSession[]>("/api/account/sessions", {}, { signal }),
  });
}
