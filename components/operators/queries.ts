import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import type { OperatorRow } from "@/lib/redis/operators/schema";
import type { ListedSession } from "@/lib/redis/sign-in/listed-session";

export const operatorsKeys = {
  all: ["operators"] as const,
  list: ["operators", "list"] as const,
};

export function operatorsQuery() {
  return queryOptions({
    queryKey: operatorsKeys.list,
    queryFn: ({ signal }) => fetchRead<OperatorRow[]>("/api/operators", {}, { signal }),
  });
}

export function operatorSessionsQuery(id: string) {
  return queryOptions({
    queryKey: [...operatorsKeys.all, "sessions", id],
    queryFn: ({ signal }) => fetchRead<ListedSession[]>("/api/operators/sessions", { id }, { signal }),
  });
}
