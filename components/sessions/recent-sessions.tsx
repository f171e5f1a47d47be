"use client";

import { useQuery } from "@tanstack/react-query";
import { DATA_CLASSES } from "@/components/data-class/data-class";
import { QueryState } from "@/components/query/query-state";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { MaskedMark } from "@/components/ui/masked-mark";
import { TextLink } from "@/components/ui/text-link";
import { formatCount } from "@/lib/format";
import { recentSessionsQuery } from "./queries";
import { SessionListSkeleton } from "./session-list-skeleton";
import { SessionRow } from "./session-row";

/** The last four sessions of a person, for the overview that answers a support call. */
export function RecentSessions({ userRef }: { userRef: string }) {
  const query = useQuery(recentSessionsQuery(userRef));
  const { icon: Icon } = DATA_CLASSES.sessions;
  const all = `/users/${encodeURIComponent(userRef)}/sessions`;
  return (
    <Card>
      <CardHeader
        title="Recent sessions"
        icon={<Icon aria-hidden />}
        actions={query.data?.masked ? <MaskedMark /> : null}
      />
      <QueryState
        query={query}
        skeleton={<SessionListSkeleton rows={4} />}
        errorTitle="The sessions could not be read"
        empty={{
          when: (list) => list.sessions.length === 0,
          show: (
            <p className="px-4 py-6 text-sm text-fg-muted">
              No session is kept. The first message makes one.
            </p>
          ),
        }}
      >
        {(list) => (
          <div className="divide-y">
            {list.sessions.map((session) => (
              <SessionRow
                key={session.ref}
                session={session}
                nowMs={list.nowMs}
                masked={list.masked}
                href={`${all}?session=${encodeURIComponent(session.ref)}`}
              />
            ))}
          </div>
        )}
      </QueryState>
      {query.data && query.data.total > 0 ? (
        <CardFooter>
          <TextLink href={all}>
            {query.data.total === 1
              ? "Open the session"
              : `All ${query.data.complete ? "" : "at least "}${formatCount(query.data.total)} sessions`}
          </TextLink>
        </CardFooter>
      ) : null}
    </Card>
  );
}
