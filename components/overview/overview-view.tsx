"use client";

import { useQuery } from "@tanstack/react-query";
import { useLiveInterval } from "@/components/query/live";
import { QueryState } from "@/components/query/query-state";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import type { Overview } from "@/lib/redis/usage/schema";
import { NeedsAttention } from "./attention";
import { EmptyStore } from "./empty-store";
import { OverviewSkeleton } from "./overview-skeleton";
import { OverviewTiles } from "./overview-tiles";
import { overviewQuery } from "./queries";

/** The store at a glance: how much, and what somebody should look at. */
export function OverviewView() {
  const query = useQuery({ ...overviewQuery(), refetchInterval: useLiveInterval() });
  return (
    <QueryState query={query} skeleton={<OverviewSkeleton />} errorTitle="The store could not be read">
      {(overview) => <Found overview={overview} />}
    </QueryState>
  );
}

function Found({ overview }: { overview: Overview }) {
  const { status, total, classes } = overview;
  const nobody = status.completeness === "complete" && total.keys === classes.other.keys;
  return (
    <div className="flex flex-col gap-4">
      {status.failure ? (
        <Callout tone="warn" title={status.failure.message}>
          {status.completeness === "none"
            ? status.failure.hint
            : "These numbers are from the last walk that ended well."}
        </Callout>
      ) : null}
      <OverviewTiles overview={overview} />
      {nobody ? (
        <Card>
          <EmptyStore />
        </Card>
      ) : (
        <NeedsAttention attention={overview.attention} partial={status.completeness === "partial"} />
      )}
    </div>
  );
}
