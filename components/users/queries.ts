import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchRead, postRead } from "@/components/query/fetch-read";
import { ABOUT_SURVEY, aboutEverybody, aboutUser } from "@/components/query/live-topics";
import type { SortDirection, UserHead, UserList, UserSort } from "@/lib/redis/users/schema";

/** What of the address decides which people are listed. The query stands in its fragment. */
export type UserListParams = {
  query: string;
  sort: UserSort;
  direction: SortDirection | null;
  cursor: string | null;
};

export const usersKeys = {
  all: ["users"] as const,
  list: (params: UserListParams) => ["users", "list", params] as const,
  head: (userRef: string) => ["users", userRef, "head"] as const,
};

/** What the directory is asked; what is not given is left out. */
export function listUsersRequest({ query, sort, direction, cursor }: UserListParams) {
  return { query, sort, direction: direction ?? undefined, cursor: cursor ?? undefined };
}

/** One page of the directory. By POST, because the query may be a person's id. */
export function userListQuery(params: UserListParams) {
  return queryOptions({
    queryKey: usersKeys.list(params),
    queryFn: ({ signal }) => postRead<UserList>("/api/users", listUsersRequest(params), { signal }),
    placeholderData: keepPreviousData,
    meta: { live: [aboutEverybody(), ABOUT_SURVEY], liveSpacingMs: 1_000 },
  });
}

/** Keys, bytes and last sign of life of one person. */
export function userHeadQuery(userRef: string) {
  return queryOptions({
    queryKey: usersKeys.head(userRef),
    queryFn: ({ signal }) => fetchRead<UserHead>(`/api/users/${encodeURIComponent(userRef)}`, {}, { signal }),
    meta: { live: [aboutUser("any", userRef)] },
  });
}
