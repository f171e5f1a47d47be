"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { JobProgress } from "@/components/query/job-progress";
import { IconButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatCount } from "@/lib/format";
import type { BulkView } from "@/lib/redis/memories/types";
import { ActionError } from "./action-error";
import { useOrderBulk } from "./mutations";
import { bulkQuery } from "./queries";

const LABEL: Record<BulkView["what"], string> = {
  importance: "Changing the importance",
  category: "Changing the category",
  life: "Giving a life",
  delete: "Deleting memories",
};

/** How an ended one went is said for so long. */
const RECENT_MS = 10 * 60_000;

/** The change of many that goes on, was paused, or has just ended. */
export function BulkProgress({ userRef }: { userRef: string }) {
  const { data: job } = useQuery(bulkQuery(userRef));
  const order = useOrderBulk(userRef);
  const [dismissed, setDismissed] = useState<string | null>(null);
  if (!job) return null;
  const ended = job.status === "done" || job.status === "cancelled";
  if (ended && (dismissed === job.jobId || job.finishedAtMs === null || isOld(job.finishedAtMs))) return null;
  const { changed = 0, left = 0 } = job.state ?? {};
  return (
    <Card className="relative p-4" aria-label="Change of many memories">
      <JobProgress
        job={job}
        label={LABEL[job.what]}
        noun="memories"
        pending={order.isPending}
        onPause={() => order.mutate("pause")}
        onResume={() => order.mutate("resume")}
        onCancel={() => order.mutate("cancel")}
      >
        {ended && left === 0 && changed === job.state?.done ? null : (
          <p className="text-xs text-fg-muted">
            {formatCount(changed)} changed
            {left > 0 ? `, ${formatCount(left)} left alone: gone or another by then` : ""}.
          </p>
        )}
        <ActionError error={order.error} title="It was not ordered" />
      </JobProgress>
      {ended ? (
        <IconButton
          label="Dismiss"
          size="sm"
          className="absolute top-2 right-2"
          onClick={() => setDismissed(job.jobId)}
        >
          <X />
        </IconButton>
      ) : null}
    </Card>
  );
}

function isOld(finishedAtMs: number): boolean {
  return Date.now() - finishedAtMs > RECENT_MS;
}
