"use client";

import { useQuery } from "@tanstack/react-query";
import { Activity, Eraser, Layers, RefreshCw } from "lucide-react";
import { DATA_CLASSES } from "@/components/data-class/data-class";
import { QueryState } from "@/components/query/query-state";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageLink } from "@/components/ui/page-link";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { ChangeDto, ChangesDto } from "@/lib/redis/keyspace/changes-schema";
import { changesQuery } from "./queries";

/** What changes in the store, as it changes. */
export function LiveFeed() {
  const query = useQuery(changesQuery());
  return (
    <Card className="flex max-h-[44rem] flex-col">
      <CardHeader
        icon={<Activity aria-hidden />}
        title="What changes"
        description={query.data ? listening(query.data) : undefined}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <QueryState
          query={query}
          skeleton={<SkeletonRows rows={8} columns={2} label="Loading the changes" />}
          empty={{ when: ({ changes }) => changes.length === 0, show: <NothingYet query={query.data} /> }}
          errorTitle="The changes could not be read"
        >
          {({ changes }) => (
            <ol aria-label="The last changes, newest first">
              {changes.map((change) => (
                <Row key={change.seq} change={change} />
              ))}
            </ol>
          )}
        </QueryState>
      </div>
    </Card>
  );
}

function listening({ live, reason, total }: ChangesDto): string {
  if (live) return total > 0 ? `${formatCount(total)} notices so far` : "listening";
  return reason ?? "connecting";
}

function NothingYet({ query }: { query: ChangesDto | undefined }) {
  return (
    <EmptyState
      icon={<Activity />}
      title="Nothing has changed yet"
      body={
        query && !query.live && query.reason
          ? `${query.reason} Pages are read again every 5 s instead.`
          : "Every write, expiry and deletion of a person's key appears here the moment Redis reports it."
      }
    />
  );
}

const TAB = { sessions: "sessions", "rate-limits": "limits", memories: "memories", disputed: "storage" };

function Row({ change }: { change: ChangeDto }) {
  const { atMs, userRef, userLabel } = change;
  return (
    <li className="relative flex min-h-10 items-center gap-2.5 border-b px-4 py-1.5 text-sm last:border-b-0 hover:bg-hover">
      <Mark change={change} />
      <span className="flex min-w-0 flex-1 items-baseline gap-2">
        {userRef && userLabel !== null ? (
          <PageLink
            href={`/users/${userRef}${change.class ? `/${TAB[change.class]}` : ""}`}
            className="max-w-[55%] shrink-0 truncate rounded-sm font-mono text-[0.93em] after:absolute after:inset-0"
          >
            <VisibleText inline limit={60} text={userLabel} />
          </PageLink>
        ) : null}
        <span className="min-w-0 truncate text-fg-muted">
          <What change={change} />
        </span>
      </span>
      <TimeAgo ms={atMs} className="relative shrink-0 text-xs text-fg-muted" />
    </li>
  );
}

function Mark({ change }: { change: ChangeDto }) {
  if (change.class) {
    const { icon: Icon, word, textColor } = DATA_CLASSES[change.class];
    return (
      <>
        <Icon aria-hidden className="size-4 shrink-0" style={{ color: textColor }} />
        <span className="sr-only">{word}:</span>
      </>
    );
  }
  const Icon = change.kind === "flushed" ? Eraser : change.kind === "resync" ? RefreshCw : Layers;
  return <Icon aria-hidden className="size-4 shrink-0 text-fg-subtle" />;
}

function What({ change }: { change: ChangeDto }) {
  const { kind, what, messages, count } = change;
  if (kind === "flushed") return "The whole store was emptied (FLUSHDB)";
  if (kind === "resync") return "The connection was lost for a moment";
  if (kind === "many") return `and ${formatCount(count)} more keys at once`;
  const name = what === "" ? "request counters" : <VisibleText inline limit={80} text={what} />;
  if (kind === "gone") return <>{name} · gone</>;
  if (messages === null) return name;
  return (
    <>
      {name} · {formatCount(messages)} {messages === 1 ? "message" : "messages"}
    </>
  );
}
