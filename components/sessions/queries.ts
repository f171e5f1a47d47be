import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import type { SessionSize } from "@/lib/redis/sessions/change-schema";
import type {
  MessagePage,
  SessionList,
  SessionSort,
  WholeMessage,
} from "@/lib/redis/sessions/schema";

/** Messages a page of the conversation asks for: the newest at first, then more at once when scrolled. */
export const MORE_MESSAGES = 100;
const RECENT_SESSIONS = 4;

export const sessionsKeys = {
  user: (userRef: string) => ["sessions", userRef] as const,
  list: (userRef: string, sort: SessionSort) => ["sessions", userRef, "list", sort] as const,
  recent: (userRef: string) => ["sessions", userRef, "recent"] as const,
  newest: (userRef: string, session: string) => ["sessions", userRef, "newest", session] as const,
  size: (userRef: string, session: string) => ["sessions", userRef, "size", session] as const,
};

function path(userRef: string, session?: string, rest = ""): string {
  const list = `/api/users/${encodeURIComponent(userRef)}/sessions`;
  return session === undefined ? list : `${list}/${encodeURIComponent(session)}${rest}`;
}

/** All sessions, a page at a time. */
export function sessionListQuery(userRef: string, sort: SessionSort) {
  return infiniteQueryOptions({
    queryKey: sessionsKeys.list(userRef, sort),
    queryFn: ({ pageParam, signal }) =>
      fetchRead<SessionList>(path(userRef), { sort, cursor: pageParam }, { signal }),
    initialPageParam: "0",
    getNextPageParam: (last) => last.cursor,
  });
}

/** The sessions with the latest messages, for the overview of a person. */
export function recentSessionsQuery(userRef: string) {
  return queryOptions({
    queryKey: sessionsKeys.recent(userRef),
    queryFn: ({ signal }) => fetchRead<SessionList>(path(userRef), { limit: RECENT_SESSIONS }, { signal }),
  });
}

/** What {@link recentSessionsQuery} asks for, so that a page can prefetch it. */
export function recentSessionsInput(userRef: string) {
  return { ref: userRef, limit: String(RECENT_SESSIONS) };
}

/** State and newest page of a session. Asked again, an unchanged list answers without its messages. */
export function newestMessagesQuery(userRef: string, session: string) {
  const queryKey = sessionsKeys.newest(userRef, session);
  return queryOptions({
    queryKey,
    queryFn: async ({ client, signal }): Promise<MessagePage> => {
      const known = client.getQueryData<MessagePage>(queryKey);
      const page = await fetchRead<MessagePage>(
        path(userRef, session, "/messages"),
        { have: known?.state },
        { signal },
      );
      return page.unchanged && known ? { ...page, messages: known.messages, unchanged: false } : page;
    },
  });
}

/** Older or newer messages than those that are there. */
export function fetchMessages(
  userRef: string,
  session: string,
  side: { before: number } | { after: number },
) {
  return fetchRead<MessagePage>(path(userRef, session, "/messages"), { ...side, limit: MORE_MESSAGES });
}

/** One message whole. Bytes do not change under their digest, so it is asked for once. */
export function wholeMessageQuery(userRef: string, session: string, position: number, digest: string) {
  return queryOptions({
    queryKey: ["sessions", userRef, "whole", session, position, digest],
    queryFn: ({ signal }) =>
      fetchRead<WholeMessage>(path(userRef, session, `/messages/${position}`), { digest }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

/** Exact bytes of a session: looks at every message, so only when somebody asks. */
export function exactSizeQuery(userRef: string, session: string) {
  return queryOptions({
    queryKey: sessionsKeys.size(userRef, session),
    queryFn: ({ signal }) =>
      fetchRead<SessionSize>(path(userRef, session, "/size"), { exact: 1 }, { signal }),
    enabled: false,
  });
}
