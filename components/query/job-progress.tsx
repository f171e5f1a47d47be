"use client";

import { Pause, Play, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Progress } from "@/components/ui/progress";
import { TimeAgo } from "@/components/ui/time-ago";
import { formatCount, formatDuration } from "@/lib/format";
import type { JobView } from "@/lib/redis/jobs/job-view";

/** A query over a job is asked again so often while the job runs, ms: what it changes is told by no key of a person. */
export const JOB_LOOK_MS = 1_000;

/** For `refetchInterval`. */
export function whileRunning(job: Pick<JobView, "status"> | null | undefined): number | false {
  return job?.status === "running" ? JOB_LOOK_MS : false;
}

export type JobProgressProps = {
  job: JobView;
  /** What it does, for example "Embedding again". */
  label: string;
  /** What it counts, for example "memories". */
  noun: string;
  /** Left out where the operator has no right. */
  onPause?: () => void;
  onResume?: () => void;
  onCancel?: () => void;
  /** An order was given and not taken yet. */
  pending?: boolean;
  children?: ReactNode;
};

/** How far long work is, and what can be done about it. It goes on in the server when the page is left. */
export function JobProgress({
  job,
  label,
  noun,
  onPause,
  onResume,
  onCancel,
  pending,
  children,
}: JobProgressProps) {
  const done = job.state?.done ?? 0;
  const total = job.state?.total ?? null;
  const running = job.status === "running";
  return (
    <div className="flex flex-col gap-3" aria-busy={running}>
      {running || job.status === "paused" ? (
        <>
          <Progress
            value={done}
            max={total ?? 0}
            label={job.status === "paused" ? `${label}: paused` : label}
            valueText={
              total === null
                ? `${formatCount(done)} ${noun}`
                : `${formatCount(done)} of ${formatCount(total)} ${noun}${left(job)}`
            }
          />
          <p className="text-xs text-fg-muted">
            Started <TimeAgo ms={job.startedAtMs} /> by {job.startedByName}. It goes on in the console's
            server when you leave this page.
          </p>
        </>
      ) : (
        <Ending job={job} label={label} noun={noun} done={done} />
      )}
      {children}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {running && onPause ? (
          <Button size="sm" icon={<Pause />} onClick={onPause} disabled={pending}>
            Pause
          </Button>
        ) : null}
        {onResume && (job.status === "paused" || job.status === "interrupted" || job.status === "failed") ? (
          <Button size="sm" variant="primary" icon={<Play />} onClick={onResume} pending={pending}>
            Go on
          </Button>
        ) : null}
        {onCancel && (running || job.status === "paused" || job.status === "interrupted") ? (
          <Button size="sm" icon={<X />} onClick={onCancel} disabled={pending}>
            Stop for good
          </Button>
        ) : null}
      </div>
    </div>
  );
}

const ENDINGS = {
  done: { tone: "ok", word: "is done" },
  cancelled: { tone: "info", word: "was stopped" },
  failed: { tone: "danger", word: "failed" },
  interrupted: { tone: "warn", word: "was interrupted" },
} as const;

function Ending({
  job,
  label,
  noun,
  done,
}: Pick<JobProgressProps, "label" | "noun" | "job"> & { done: number }) {
  if (job.status === "running" || job.status === "paused") return null;
  const { tone, word } = ENDINGS[job.status];
  return (
    <Callout tone={tone} title={`${label} ${word}`}>
      {job.reason ? `${job.reason} ` : ""}
      {formatCount(done)} {noun} in {formatDuration(job.workedMs)}, <TimeAgo ms={job.updatedAtMs} />.
    </Callout>
  );
}

/** What remains at the pace so far; nothing before there is a pace. */
function left({ state, workedMs }: JobView): string {
  if (!state?.total || state.done === 0 || workedMs < 2_000) return "";
  return ` · about ${formatDuration((workedMs / state.done) * (state.total - state.done))} left`;
}
