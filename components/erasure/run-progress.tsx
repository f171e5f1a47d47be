"use client";

import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Meter, Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import { TimeAgo } from "@/components/ui/time-ago";
import { formatCount } from "@/lib/format";
import { totalOf } from "@/lib/redis/erasure/counts";
import type { ErasureRun } from "@/lib/redis/erasure/schema";
import { ClassLabel } from "./class-label";
import { CLASS_ORDER } from "./words";

const PHASES: Record<ErasureRun["phase"], { word: string; means: string }> = {
  counting: { word: "Counting", means: "What is there is written down first." },
  erasing: { word: "Erasing", means: "Every key is checked once more at the moment it goes." },
  verifying: { word: "Verifying", means: "The keyspace is walked until two walks find nothing." },
};

/** A run that goes on, wherever it was started. */
export function RunProgress({ run }: { run: ErasureRun }) {
  const { planned, erased, phase, keysPerSecond } = run;
  const done = totalOf(erased);
  const goal = planned ? Math.max(totalOf(planned), done) : 0;
  return (
    <Card aria-labelledby="running" aria-busy>
      <CardHeader
        id="running"
        icon={<Spinner />}
        title="An erasure of this person is running"
        description={
          <>
            started <TimeAgo ms={run.startedAtMs} /> by {run.startedByName}
          </>
        }
      />
      <CardBody className="flex flex-col gap-4">
        <p role="status" className="sr-only">
          {PHASES[phase].word}
        </p>
        <Progress
          value={phase === "counting" ? 0 : done}
          max={goal}
          label={PHASES[phase].word}
          tone={phase === "verifying" ? "ok" : "accent"}
          valueText={
            planned
              ? `${formatCount(done)} of ${formatCount(goal)} · ${formatCount(keysPerSecond)} keys/s`
              : "…"
          }
        />
        {planned ? (
          <ul className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
            {CLASS_ORDER.filter((name) => planned[name] > 0 || erased[name] > 0).map((name) => (
              <li key={name} className="flex items-center gap-3 text-sm">
                <span className="w-32 shrink-0">
                  <ClassLabel class={name} />
                </span>
                <Meter
                  value={erased[name]}
                  max={Math.max(planned[name], erased[name])}
                  className="flex-1"
                  tone="accent"
                />
                <span className="w-28 shrink-0 text-right text-xs">
                  {formatCount(erased[name])} of {formatCount(Math.max(planned[name], erased[name]))}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
        <p className="text-xs text-fg-muted">
          {PHASES[phase].means} Walks finished so far: {formatCount(run.passes)}. You can leave this page and
          come back: the erasure goes on in the console's server.
        </p>
      </CardBody>
    </Card>
  );
}
