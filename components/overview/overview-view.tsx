"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { QueryState } from "@/components/query/query-state";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { walkFailure } from "@/lib/redis/keyspace/survey-schema";
import type { Overview } from "@/lib/redis/usage/schema";
import { NeedsAttention } from "./attention";
import { EmptyStore } from "./empty-store";
import { AttentionSkeleton, TilesSkeleton } from "./overview-skeleton";
import { OverviewTiles } from "./overview-tiles";
import { overviewQuery } from "./queries";

export type OverviewViewProps = {
  /** What changes now, and how it grew: both ask for themselves and stand whatever becomes of the numbers. */
  feed: ReactNode;
  day: ReactNode;
};

/** The store at a glance: how much, what somebody should look at, and what goes on. */
export function OverviewView({ feed, day }: OverviewViewProps) {
  const query = useQuery(overviewQuery());
  return (
    <div className="flex flex-col gap-4">
      <QueryState query={query} skeleton={<TilesSkeleton />} errorTitle="The store could not be read">
        {(overview) => <Tiles overview={overview} />}
      </QueryState>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {query.data ? <Attention overview={query.data} /> : query.isError ? null : <AttentionSkeleton />}
          {query.data && isNobody(query.data) ? null : day}
        </div>
        {feed}
      </div>
    </div>
  );
}

function Tiles({ overview }: { overview: Overview }) {
  const { status } = overview;
  const failure = walkFailure(status);
  // A walk that has only begun has nothing to say yet.
  if (status.completeness === "partial" && overview.total.keys === 0) return <TilesSkeleton />;
  return (
    <div className="flex flex-col gap-4">
      {failure ? (
        <Callout tone="warn" title={failure.message}>
          These numbers are from the last walk that ended well. {failure.hint}
        </Callout>
      ) : null}
      <OverviewTiles overview={overview} />
    </div>
  );
}

function Attention({ overview }: { overview: Overview }) {
  const { status, attention } = overview;
  if (!isNobody(overview)) {
    return <NeedsAttention attention={attention} partial={status.completeness === "partial"} />;
  }
  return (
    <Card>
      <EmptyStore />
    </Card>
  );
}

function isNobody({ status, total, classes }: Overview): boolean {
  return status.completeness === "complete" && total.keys === classes.other.keys;
}
