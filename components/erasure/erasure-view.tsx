"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { QueryState } from "@/components/query/query-state";
import type { ErasureRun } from "@/lib/redis/erasure/schema";
import { ErasureSkeleton } from "./erasure-skeleton";
import { HeldView } from "./held-view";
import { previewQuery, runQuery } from "./queries";
import { RunOutcome } from "./run-outcome";
import { RunProgress } from "./run-progress";

/** The Privacy tab of one person: the run that goes on or the last one's outcome, and what is held now. */
export function ErasureView({ userRef }: { userRef: string }) {
  const runState = useQuery(runQuery(userRef));
  const run = runState.data?.run ?? null;
  const running = run?.status === "running";
  // While keys go, a preview would be old before it is drawn, and a walk more for Redis.
  const preview = useQuery({ ...previewQuery(userRef), enabled: runState.isFetched && !running });
  useLookAgainAfter(run);
  return (
    <div className="flex flex-col gap-4">
      <QueryState
        query={runState}
        skeleton={<ErasureSkeleton />}
        errorTitle="The state of erasures could not be read"
      >
        {({ run }) => (run ? <Run run={run} /> : null)}
      </QueryState>
      {runState.data && !running ? (
        <QueryState
          query={preview}
          skeleton={<ErasureSkeleton />}
          errorTitle="What Redis holds of this person could not be read"
        >
          {(data) => (
            <HeldView
              userRef={userRef}
              preview={data}
              run={run}
              onCheck={() => void preview.refetch()}
              checking={preview.isFetching}
            />
          )}
        </QueryState>
      ) : null}
    </div>
  );
}

function Run({ run }: { run: ErasureRun }) {
  return run.status === "running" ? <RunProgress run={run} /> : <RunOutcome run={run} />;
}

/** When a run that this page watched has ended, everything it knew of the person is old. */
function useLookAgainAfter(run: ErasureRun | null) {
  const client = useQueryClient();
  const watched = useRef<string | null>(null);
  useEffect(() => {
    if (run?.status === "running") watched.current = run.runId;
    else if (run && watched.current === run.runId) {
      watched.current = null;
      void client.invalidateQueries();
    }
  }, [run, client]);
}
