"use client";

import { ChartLine } from "lucide-react";
import dynamic from "next/dynamic";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ChartFrame } from "@/components/ui/chart-frame";
import { Skeleton } from "@/components/ui/skeleton";
import { formatDateTime } from "@/lib/format";
import type { RunSummary } from "@/lib/redis/evaluation/types";
import { LINES } from "./line-styles";
import { figure } from "./words";

// The drawing code weighs as much as the rest of the page: it comes after everything else is there.
const HistoryChart = dynamic(() => import("./history-chart").then((file) => file.HistoryChart), {
  ssr: false,
  loading: () => <Skeleton className="h-56 w-full rounded-lg" />,
});

/** recall@5 of every setting over the runs that are kept. */
export function HistoryCard({ runs }: { runs: RunSummary[] }) {
  const names = [...new Set(runs.flatMap(({ settings }) => settings.map(({ name }) => name)))].slice(
    0,
    LINES.length,
  );
  const last = runs[0]!;
  const points = runs.toReversed().map((run) => ({
    atMs: run.atMs,
    recall: Object.fromEntries(run.settings.map(({ name, recall }) => [name, recall[5].mean])),
  }));
  return (
    <Card>
      <CardHeader icon={<ChartLine aria-hidden />} title="Over time" description={`${runs.length} runs`} />
      <CardBody>
        <ChartFrame
          title="recall@5 of each setting"
          description="a setting of another run may differ under the same name"
          table={{
            columns: ["Run", ...names, "Questions"],
            rows: runs.map((run) => [
              formatDateTime(run.atMs),
              ...names.map((name) => {
                const found = run.settings.find((setting) => setting.name === name);
                return found ? figure(found.recall[5].mean) : "–";
              }),
              run.questions,
            ]),
          }}
        >
          <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-fg-muted">
            {names.map((name, at) => {
              const now = last.settings.find((setting) => setting.name === name);
              return (
                <li key={name} className="inline-flex items-center gap-1.5">
                  <svg aria-hidden width="18" height="6">
                    <line
                      x1="0"
                      y1="3"
                      x2="18"
                      y2="3"
                      stroke={LINES[at]!.color}
                      strokeWidth="2"
                      strokeDasharray={LINES[at]!.dash}
                    />
                  </svg>
                  {name}
                  {now ? <span className="font-medium text-fg">{figure(now.recall[5].mean)}</span> : null}
                </li>
              );
            })}
          </ul>
          <HistoryChart points={points} names={names} />
        </ChartFrame>
      </CardBody>
    </Card>
  );
}
