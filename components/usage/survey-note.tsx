"use client";

import { useQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useUntoldInterval } from "@/components/query/live";
import { Button } from "@/components/ui/button";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast-store";
import { formatCount, formatMs, formatPercent } from "@/lib/format";
import type { SurveyStatus } from "@/lib/redis/keyspace/survey-schema";
import { useRescan } from "./mutations";
import { surveyStatusQuery } from "./queries";

const WALKING_MS = 500;

/** "Scanned 4 min ago", and the way to scan again. */
export function SurveyNote() {
  const often = useUntoldInterval(WALKING_MS);
  const { data: status } = useQuery({
    ...surveyStatusQuery(),
    // The numbers of a walk are told of; how far it has come is not.
    refetchInterval: (query) => (query.state.data?.running ? often : false),
  });
  const rescan = useRescan();
  return (
    <div className="flex items-center gap-3 text-xs text-fg-muted">
      <span role="status" className="flex min-w-0 items-center gap-3">
        {status ? <Words status={status} /> : null}
      </span>
      <Button
        size="sm"
        icon={<RotateCw />}
        pending={rescan.isPending || status?.running != null}
        onClick={() => rescan.mutate(undefined, { onError: (error) => toast.error(error.message) })}
      >
        Scan again
      </Button>
    </div>
  );
}

function Words({ status }: { status: SurveyStatus }) {
  const { running, finishedAtMs, durationMs, failure } = status;
  // A walk of a moment needs no bar that flashes up.
  if (running && (status.completeness !== "complete" || (durationMs ?? 0) > 1_000)) {
    return <Running running={running} />;
  }
  if (finishedAtMs === null) return failure ? <span className="text-warn-fg">{failure.message}</span> : null;
  return (
    <span
      data-tip={failure ? `Numbers of then. ${failure.message}` : tip(status)}
      className={failure ? "text-warn-fg" : undefined}
    >
      Scanned <TimeAgo ms={finishedAtMs} />
    </span>
  );
}

function Running({ running }: { running: NonNullable<SurveyStatus["running"]> }) {
  const { keysSeen, totalKeys } = running;
  const share = totalKeys ? Math.min(1, keysSeen / totalKeys) : null;
  return (
    <span className="flex items-center gap-2">
      <span>
        Scanning {formatCount(keysSeen)}
        {totalKeys === null ? " keys" : ` of ${formatCount(totalKeys)} keys`}
      </span>
      {share === null ? null : (
        <span aria-hidden className="h-1.5 w-24 overflow-hidden rounded-full bg-line max-sm:hidden">
          <span data-fill className="block h-full bg-accent" style={{ width: formatPercent(share) }} />
        </span>
      )}
    </span>
  );
}

function tip({ durationMs, watched, scope }: SurveyStatus): string {
  const lines = [`The walk over all keys took ${formatMs(durationMs ?? 0)}.`];
  lines.push(
    watched
      ? "Redis reports changes, so it is repeated only after one."
      : "Redis does not report changes to this console, so it is repeated by age.",
  );
  if (scope.clusterNode) lines.push("This node of the cluster only: REDIS_URL names it as one server.");
  if (scope.database > 0) lines.push(`Database ${scope.database} only.`);
  return lines.join("\n");
}
