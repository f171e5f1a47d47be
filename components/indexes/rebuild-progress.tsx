"use client";

import { Failure } from "@/components/query/failure";
import { JobProgress } from "@/components/query/job-progress";
import { Mono } from "@/components/ui/code";
import type { IndexDto, IndexesState } from "@/lib/redis/indexes/types";
import { useOrderRebuild } from "./mutations";

const PHASES = {
  create: "It is being created.",
  build: "Redis fills it beside its work; the old one serves.",
  switch: "It is being switched to.",
  switched: "It was switched to. This one is kept until somebody drops it.",
  built: "It is complete; nothing was to be switched.",
};

type RebuildProgressProps = { index: IndexDto; state: IndexesState; canEdit: boolean };

/** How far the new one is that is built beside this index. */
export function RebuildProgress({ index, state, canEdit }: RebuildProgressProps) {
  const order = useOrderRebuild(index.name);
  const { rebuild } = index;
  if (!rebuild) return null;
  const give = (what: Parameters<typeof order.mutate>[0]) => (canEdit ? () => order.mutate(what) : undefined);
  return (
    <div className="border-b p-4">
      <JobProgress
        job={rebuild}
        label="Building it anew"
        noun="documents"
        onPause={give("pause")}
        onResume={give("resume")}
        onCancel={give("cancel")}
        pending={order.isPending}
      >
        {rebuild.state ? (
          <p className="text-sm text-fg-muted">
            <Mono className="text-fg">{rebuild.state.name}</Mono>:{" "}
            {rebuild.status === "done" && !state.indexes.some(({ name }) => name === rebuild.state?.name)
              ? "It was dropped since."
              : PHASES[rebuild.state.phase]}
          </p>
        ) : null}
        <Failure error={order.error} />
      </JobProgress>
    </div>
  );
}
