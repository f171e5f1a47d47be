"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { JOB_LOOK_MS, whileRunning } from "@/components/query/job-progress";
import { useUntoldInterval } from "@/components/query/live";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import type { IndexesState } from "@/lib/redis/indexes/types";
import { ActiveNote } from "./active-note";
import { IndexCard } from "./index-card";
import { IndexesSkeleton } from "./indexes-skeleton";
import { NoEngine } from "./no-engine";
import { NoIndex } from "./no-index";
import { indexesQuery } from "./queries";

const CreateIndex = dynamic(() => import("./create-index").then((file) => file.CreateIndex), { ssr: false });

/** Documents are told of, indexes are no keys. While one is being built, its share is worth watching closely. */
const BUILDING_MS = 1_000;
const QUIET_MS = 5_000;

export function IndexesView({ canEdit }: { canEdit: boolean }) {
  const [often, seldom] = [useUntoldInterval(BUILDING_MS), useUntoldInterval(QUIET_MS)];
  const query = useQuery({
    ...indexesQuery(),
    refetchInterval: ({ state }) => {
      const indexes = state.data?.indexes ?? [];
      if (indexes.some(({ rebuild }) => whileRunning(rebuild) !== false)) return JOB_LOOK_MS;
      return indexes.some(({ percentIndexed }) => percentIndexed < 1) ? often : seldom;
    },
  });
  const [creating, setCreating] = useState<"never" | "open" | "closed">("never");
  const data = query.data;
  return (
    <>
      <PageHeader
        title="Index"
        description="What makes memories findable: which fields, how many, what was left out and why."
        actions={
          canEdit && data?.engine ? (
            <Button icon={<Plus />} onClick={() => setCreating("open")}>
              Create an index
            </Button>
          ) : undefined
        }
      />
      <QueryState
        query={query}
        skeleton={<IndexesSkeleton />}
        errorTitle="The indexes could not be read"
        empty={{ when: ({ engine }) => !engine, show: <NoEngine /> }}
      >
        {(state) => <Indexes state={state} canEdit={canEdit} onCreate={() => setCreating("open")} />}
      </QueryState>
      {creating === "never" || !data ? null : (
        <CreateIndex
          state={data}
          open={creating === "open"}
          onOpenChange={(open) => setCreating(open ? "open" : "closed")}
        />
      )}
    </>
  );
}

type IndexesProps = { state: IndexesState; canEdit: boolean; onCreate: () => void };

function Indexes({ state, canEdit, onCreate }: IndexesProps) {
  const { indexes, active } = state;
  if (indexes.length === 0) return <NoIndex state={state} onCreate={canEdit ? onCreate : undefined} />;
  // The one in use first; the others in the order of their names.
  const ordered = [...indexes].sort(
    (a, b) => Number(b.name === active?.name) - Number(a.name === active?.name),
  );
  return (
    <div className="flex flex-col gap-4">
      <ActiveNote state={state} canEdit={canEdit} />
      {state.listed ? null : (
        <Callout>
          The Redis user of this console may not list indexes (FT._LIST), so others may be there that are not
          shown.
        </Callout>
      )}
      {state.coversOneShard ? (
        <Callout tone="warn" title="Searches see one node of this cluster">
          Its Query Engine has no coordinator, so an index holds the memories of one node alone. Redis 8's own
          builds have one.
        </Callout>
      ) : null}
      {ordered.map((index) => (
        <IndexCard key={index.name} index={index} state={state} canEdit={canEdit} />
      ))}
    </div>
  );
}
