import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { fetchRead, postRead } from "@/components/query/fetch-read";
import { aboutUser } from "@/components/query/live-topics";
import type { SessionCommands, SessionSize, TrimPreview } from "@/lib/redis/sessions/change-schema";
import type {
  FoundDate,
  FoundMessages,
  LocatedMessage,
  SessionStrip,
} from "@/lib/redis/sessions/find-schema";
import type {
  MessagePage,
  SessionFilter,
  SessionList,
  SessionSort,
  WholeMessage,
} from "@/lib/redis/sessions/schema";

/** Messages a page of the conversation asks for: the newest at first, then more at once when scrolled. */
export const MORE_MESSAGES = 100;
const RECENT_SESSIONS = 4;

export const sessionsKeys = {
  user: (userRef: string) => ["sessions", userRef] as const,
  list: (userRef: string, sort: SessionSort, filter: SessionFilter | null) =>
    ["sessions", userRef, "list", sort, filter] as const,
  strip: (userRef: string) => ["sessions", userRef, "strip"] as const,
  recent: (userRef: string) => ["sessions", userRef, "recent"] as const,
  newest: (userRef: string, session: string) => ["sessions", userRef, "newest", session] as const,
  size: (userRef: string, session: string) => ["sessions", userRef, "size", session] as const,
};

function path(userRef: string, session?: string, rest = ""): string {
  const list = `/api/users/${encodeURIComponent(userRef)}/sessions`;
  return session === undefined ? list : `${list}/${encodeURIComponent(session)}${rest}`;
}

/** All sessions, a page at a time. */
export function sessionListQuery(userRef: string, sort: SessionSort, filter: SessionFilter | null = null) {
  return infiniteQueryOptions({
    queryKey: sessionsKeys.list(userRef, sort, filter),
    queryFn: ({ pageParam, signal }) =>
      fetchRead<SessionList>(path(userRef), { sort, filter, cursor: pageParam }, { signal }),
    meta: { live: [aboutUser("sessions", userRef)] },
    refetchInterval: ({ state }) => untilNext(state.data?.pages, state.dataUpdatedAt),
    initialPageParam: "0",
    getNextPageParam: (last) => last.cursor,
  });
}

const LONGEST_WAIT_MS = 86_400_000;

/** What passes the filter by time alone is told by nobody. */
function untilNext(pages: readonly SessionList[] | undefined, readAtMs: number): number | false {
  const waits = pages?.flatMap(({ nextInMs }) => nextInMs ?? []) ?? [];
  if (waits.length === 0) return false;
  return Math.min(Math.max(readAtMs + Math.min(...waits) - Date.now(), 1_000), LONGEST_WAIT_MS);
}

/** The sessions with the latest messages, for the overview of a person. */
export function recentSessionsQuery(userRef: string) {
  return queryOptions({
    queryKey: sessionsKeys.recent(userRef),
    queryFn: ({ signal }) => fetchRead<SessionList>(path(userRef), { limit: RECENT_SESSIONS }, { signal }),
    meta: { live: [aboutUser("sessions", userRef)] },
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
    meta: { live: [aboutUser("sessions", userRef)] },
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

/** One message whole. Bytes do not change under their mark, so it is asked for once. */
export function wholeMessageQuery(userRef: string, session: string, position: number, mark: string) {
  return queryOptions({
    queryKey: ["sessions", userRef, "whole", session, position, mark],
    queryFn: ({ signal }) =>
      fetchRead<WholeMessage>(path(userRef, session, `/messages/${position}`), { mark }, { signal }),
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

/** When the person talked, in the last 90 days. Samples up to 500 sessions, so it is not asked at every change. */
export function sessionStripQuery(userRef: string) {
  return queryOptions({
    queryKey: sessionsKeys.strip(userRef),
    queryFn: ({ signal }) => fetchRead<SessionStrip>(path(userRef, "strip"), {}, { signal }),
    staleTime: 30_000,
  });
}

/** What a trim would remove now. */
export function trimPreviewQuery(userRef: string, session: string, keep: number) {
  return queryOptions({
    queryKey: ["sessions", userRef, "trim", session, keep],
    queryFn: ({ signal }) => fetchRead<TrimPreview>(path(userRef, session, "/trim"), { keep }, { signal }),
    meta: { live: [aboutUser("sessions", userRef)] },
    staleTime: 0,
  });
}

export type FindInput = { words: string; from?: number; before?: number; listMark?: string };

/** By POST: what is looked for is as personal as what is found. */
export function findMessages(userRef: string, session: string, input: FindInput, signal: AbortSignal) {
  return postRead<FoundMessages>(path(userRef, session, "/find"), input, { signal, timeoutMs: 10_000 });
}

export function findDate(userRef: string, session: string, atMs: number) {
  return fetchRead<FoundDate>(path(userRef, session, "/date"), { at: atMs });
}

/** A message that is looked for: where it may stand, its mark and those of the newer ones that followed it. */
export type Wanted = { position: number; marks: readonly string[]; near?: boolean };

/** Where a message stands now. */
export function locateMessage(userRef: string, session: string, { position, marks, near }: Wanted) {
  return fetchRead<LocatedMessage>(path(userRef, session, "/locate"), {
    position,
    marks: marks.join(","),
    near: near ? 1 : undefined,
  });
}

export function fetchCommands(userRef: string, session: string, what: "read" | "recreate") {
  return fetchRead<SessionCommands>(path(userRef, session, "/commands"), { what });
}

/** The address of the file. */
export function downloadPath(userRef: string, session: string): string {
  return path(userRef, session, "/download");
}

/** The side of a page of messages that has this position in the middle of it, or near its beginning. */
export function sideAround(position: number): { before: number } | { after: number } {
  const half = MORE_MESSAGES / 2;
  return position <= half ? { before: MORE_MESSAGES } : { after: position - half - 1 };
}

export function fetchAround(userRef: string, session: string, position: number) {
  return fetchMessages(userRef, session, sideAround(position));
}
