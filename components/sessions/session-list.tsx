"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { MessagesSquare } from "lucide-react";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Count } from "@/components/ui/count";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/input";
import { MaskedMark } from "@/components/ui/masked-mark";
import { formatCount } from "@/lib/format";
import type { SessionFilter, SessionSort } from "@/lib/redis/sessions/schema";
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

const FILTER_WORDS: Record<SessionFilter, { short: string; long: string }> = {
  expiring: { short: "expiring", long: "Gone within the hour" },
  endless: { short: "no expiry", long: "Without a life: they stay until somebody deletes them" },
  long: { short: "long", long: "A hundred messages or more" },
};

/** The list, watched: shared by the pane and by whoever needs to know which sessions there are. */
export function useSessionList(userRef: string, sort: SessionSort, filter: SessionFilter | null) {
  return useInfiniteQuery(sessionListQuery(userRef, sort, filter));
}

export type SessionListProps = {
  list: ReturnType<typeof useSessionList>;
  sort: SessionSort;
  onSort: (sort: SessionSort) => void;
  filter: SessionFilter | null;
  onFilter: (filter: SessionFilter | null) => void;
  current: string | null;
  hrefOf: (session: string) => string;
  onOpen: (session: string) => void;
  /** It is about to be opened. */
  onPress: (session: string) => void;
  /** Open it beside the current one. */
  onBeside: (session: string) => void;
};

export function SessionList(props: SessionListProps) {
  const { list, sort, onSort, filter, onFilter, current, hrefOf, onOpen, onPress, onBeside } = props;
  const first = list.data?.pages[0];
  return (
    <>
      <div className="flex items-center gap-2 border-b px-4 py-2">
        <p className="flex-1 text-sm text-fg-muted" aria-live="polite">
          {first ? (
            <>
              {first.matching === null ? null : <>{formatCount(first.matching)} of </>}
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
      <fieldset className="flex flex-wrap gap-1 border-b px-4 py-1.5">
        <legend className="sr-only">Show only</legend>
        {(Object.keys(FILTER_WORDS) as SessionFilter[]).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={filter === name}
            data-tip={FILTER_WORDS[name].long}
            onClick={() => onFilter(filter === name ? null : name)}
            className={clsx(
              "h-6 rounded-full border px-2.5 text-xs transition-colors duration-100",
              filter === name
                ? "border-accent-line bg-accent-bg text-accent-fg"
                : "text-fg-muted hover:bg-hover",
            )}
          >
            {FILTER_WORDS[name].short}
          </button>
        ))}
      </fieldset>
      <QueryState
        query={list}
        skeleton={<SessionListSkeleton />}
        errorTitle="The sessions could not be read"
        empty={{
          when: (data) => data.pages.every((page) => page.sessions.length === 0) && !list.hasNextPage,
          show: filter ? (
            <NonePass filter={filter} onAll={() => onFilter(null)} />
          ) : (
            <NoSessions disputed={first?.disputed ?? 0} />
          ),
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
                    onPress={onPress}
                    onBeside={current ? onBeside : undefined}
                  />
                )),
              )}
            </div>
            <Foot list={list} sort={sort} filter={filter} />
          </div>
        )}
      </QueryState>
    </>
  );
}

function Foot({ list, sort: asked, filter }: Pick<SessionListProps, "list" | "sort" | "filter">) {
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
        <p>
          Too many sessions to compare at every look: they are sorted by name
          {filter ? ", and the filter is laid over each page" : ""}.
        </p>
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

function NonePass({ filter, onAll }: { filter: SessionFilter; onAll: () => void }) {
  return (
    <EmptyState
      icon={<MessagesSquare />}
      title="No such session"
      body={`Looked for: ${FILTER_WORDS[filter].long.toLowerCase()}.`}
      action={<Button onClick={onAll}>Show all</Button>}
    />
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
