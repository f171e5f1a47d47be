"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartArea } from "lucide-react";
import dynamic from "next/dynamic";
import { DATA_CLASSES } from "@/components/data-class/data-class";
import { QueryState } from "@/components/query/query-state";
import { Card, CardBody } from "@/components/ui/card";
import { ChartFrame } from "@/components/ui/chart-frame";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatBytes, formatCount, formatDateTime } from "@/lib/format";
import type { UsageSamples } from "@/lib/redis/usage/schema";
import { samplesQuery } from "./queries";

const CLASSES = ["sessions", "memories", "rate-limits", "disputed", "other"] as const;
const TABLE_ROWS = 60;

// The drawing code weighs as much as the rest of the page: it comes after everything else is there.
const UsageDayChart = dynamic(() => import("./usage-day-chart").then((file) => file.UsageDayChart), {
  ssr: false,
  loading: () => <Skeleton className="h-56 w-full rounded-lg" />,
});

/** Memory by class over the last 24 hours. */
export function UsageDay() {
  const query = useQuery(samplesQuery());
  return (
    <Card>
      <QueryState
        query={query}
        skeleton={
          <CardBody>
            <Skeleton className="h-72 w-full rounded-lg" />
          </CardBody>
        }
        empty={{ when: ({ samples }) => samples.length < 2, show: <TooFew /> }}
        errorTitle="The last 24 hours could not be read"
      >
        {({ samples }) => <Day samples={samples} />}
      </QueryState>
    </Card>
  );
}

function TooFew() {
  return (
    <EmptyState
      icon={<ChartArea />}
      title="Memory over the last 24 hours"
      body="The drawing begins with the second sample. One is taken after a scan, at most every minute, and every five minutes while the console runs."
    />
  );
}

function Day({ samples }: UsageSamples) {
  const last = samples.at(-1);
  const shown = CLASSES.filter((name) => samples.some(({ sizeBytes }) => sizeBytes[name] > 0));
  const every = Math.ceil(samples.length / TABLE_ROWS);
  return (
    <CardBody>
      <ChartFrame
        title="Memory by class over the last 24 hours"
        description="keys only, estimated"
        table={{
          columns: ["Time", ...shown.map((name) => DATA_CLASSES[name].word), "Users", "Keys"],
          rows: samples
            .filter((_, at) => (samples.length - 1 - at) % every === 0)
            .reverse()
            .map(({ atMs, sizeBytes, users, keys }) => [
              formatDateTime(atMs),
              ...shown.map((name) => formatBytes(sizeBytes[name])),
              formatCount(users),
              formatCount(keys),
            ]),
        }}
      >
        <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-fg-muted">
          {shown.map((name) => (
            <li key={name} className="inline-flex items-center gap-1.5">
              <span
                data-fill
                className="size-2 rounded-[2px]"
                style={{ background: DATA_CLASSES[name].color }}
              />
              {DATA_CLASSES[name].word}
              <span className="font-medium text-fg">{formatBytes(last?.sizeBytes[name] ?? 0)}</span>
            </li>
          ))}
        </ul>
        <UsageDayChart samples={samples} classes={shown} />
      </ChartFrame>
    </CardBody>
  );
}
