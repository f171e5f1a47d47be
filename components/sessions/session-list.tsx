"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { MessagesSquare } from "lucide-react";
import { useLiveInterval } from "@/components/query/live";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Count } from "@/components/ui/count";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/input";
import { MaskedMark } from "@/components/ui/masked-mark";
import { formatCount } from "@/lib/format";
import type { SessionSort } from "@/lib/redis/sessions/schema";
import { sessionListQuery } from "./queries";
import { SessionListSkeleton } from "./session-list-skeleton";
import { SessionRow } from "./session-row";

const SORT_WORDS: Record<SessionSort, string> = {
  activity: "last activity",
  messages: "most messages",
  bytes: "most bytes",
  life: "soonest to expire",
  name: "name",
};

/** The list, watched: shared by the pane and by whoever needs to know which sessions there are. */
export function useSessionList(userRef: string, sort: SessionSort) {
  return useInfiniteQuery({ ...sessionListQuery(userRef, sort), refetchInterval: useLiveInterval() });
}

export type SessionListProps = {
  list: ReturnType<typeof useSessionList>;
  sort: SessionSort;
  onSort: (sort: SessionSort) => void;
  current: string | null;
  hrefOf: (session: string) => string;
  onOpen: (session: string) => void;
};

export function SessionList({ list, sort, onSort, current, hrefOf, onOpen }: SessionListProps) {
  const first = list.data?.pages[0];
  return (
    <>
      <div className="flex items-center gap-2 border-b px-4 py-2">
        <p className="flex-1 text-sm text-fg-muted" aria-live="polite">
          {first ? (
            <>
              <Count value={first.total} atLeast={!first.complete} className="font-medium text-fg" />{" "}
              {first.total === 1 ? "session" : "sessions"}
              {first.masked ? <MaskedMark className="ml-2 align-middle" /> : null}
            </>
          ) : (
            "Sessions"
          )}
        </p>
        <span className="flex items-center gap-2 text-xs text-fg-muted">
          <span aria-hidden className="max-xl:hidden">
            by
          </span>
          <Select
            aria-label="Sort by"
            value={first?.sortedBy ?? sort}
            onChange={(event) => onSort(event.target.value as SessionSort)}
            className="max-w-40"
          >
            {Object.entries(SORT_WORDS).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </span>
      </div>
      <QueryState
        query={list}
        skeleton={<SessionListSkeleton />}
        errorTitle="The sessions could not be read"
        empty={{
          when: (data) => data.pages.every((page) => page.sessions.length === 0),
          show: <NoSessions disputed={first?.disputed ?? 0} />,
        }}
      >
        {(data) => (
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
            <div data-list className="divide-y">
              {data.pages.map((page) =>
                page.sessions.map((session) => (
                  <SessionRow
                    key={session.ref}
                    session={session}
                    nowMs={page.nowMs}
                    href={hrefOf(session.ref)}
                    masked={page.masked}
                    current={session.ref === current}
                    onOpen={onOpen}
                  />
                )),
              )}
            </div>
            <Foot list={list} asked={sort} />
          </div>
        )}
      </QueryState>
    </>
  );
}

function Foot({ list, asked }: { list: SessionListProps["list"]; asked: SessionSort }) {
  const first = list.data?.pages[0];
  if (!first) return null;
  return (
    <div className="flex flex-col items-start gap-2 border-t px-4 py-2.5 text-xs text-fg-muted empty:hidden">
      {list.hasNextPage ? (
        <Button size="sm" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
      {first.sortedBy !== asked ? (
        <p>Too many sessions to compare at every look: they are sorted by name.</p>
      ) : null}
      {first.disputed > 0 ? (
        <p>
          {first.disputed === 1
            ? "1 key is named like a session and holds another type of value. "
            : `${formatCount(first.disputed)} keys are named like sessions and hold other types of values. `}
          The storage tab lists them.
        </p>
      ) : null}
    </div>
  );
}

function NoSessions({ disputed }: { disputed: number }) {
  return (
    <EmptyState
      icon={<MessagesSquare />}
      title="No sessions"
      body={
        disputed > 0
          ? "Keys named like sessions are there, but hold another type of value. The storage tab lists them."
          : "An assistant writes one with the first message of a conversation. Sessions with an expiry leave by themselves."
      }
    />
  );
}
