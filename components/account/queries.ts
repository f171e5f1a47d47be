import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import type { MySession } from "@/lib/redis/account/schema";

export function mySessionsQuery() {
  return queryOptions({
    queryKey: ["account", "sessions"],
    queryFn: ({ signal }) => fetchRead<MySession[]>("/api/account/sessions", {}, { signal }),
  });
}
