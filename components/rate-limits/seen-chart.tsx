"use client";

import { Card, CardBody } from "@/components/ui/card";
import { ChartFrame } from "@/components/ui/chart-frame";
import { useNow } from "@/components/ui/clock";
import { formatCount, formatTime } from "@/lib/format";
import type { RateLimits, WindowState } from "@/lib/redis/rate-limits/schema";
import type { SeenCounts } from "./seen-counts";

const WIDTH = 300;
const HEIGHT = 44;

export type SeenChartProps = { limits: RateLimits; seen: readonly SeenCounts[] };

/** The counts since the page was opened, a line per window against its own limit. */
export function SeenChart({ limits, seen }: SeenChartProps) {
  const redisNowMs = useNow() + limits.clockOffsetMs;
  const first = seen[0];
  if (!first || limits.state === "wrong-type") return null;
  const toLocal = (ms: number) => formatTime(ms - limits.clockOffsetMs, "local");
  // One row a second, the last of it: the table names its rows by their time.
  const rows = new Map(
    seen.map(({ atMs, counts }) => [toLocal(atMs), counts.map((count) => count ?? "no number")]),
  );
  return (
    <Card>
      <CardBody>
        <ChartFrame
          title="Counts seen while watching"
          description={`since ${toLocal(first.atMs)}; forgotten when this tab is closed`}
          table={{
            columns: ["Time", ...limits.windows.map(({ name }) => `Per ${name}`)],
            rows: [...rows].map(([time, counts]) => [time, ...counts]),
          }}
        >
          <ul className="grid gap-x-6 gap-y-3 md:grid-cols-2 xl:grid-cols-3">
            {limits.windows.map((window, at) => (
              <li key={window.name} className="flex min-w-0 flex-col gap-1 text-xs text-fg-muted">
                <span className="flex justify-between gap-2 tabular-nums">
                  <span>Per {window.name}</span>
                  <span>limit {formatCount(window.limit)}</span>
                </span>
                <Line seen={seen} at={at} window={window} nowMs={Math.max(redisNowMs, first.atMs + 1)} />
              </li>
            ))}
          </ul>
        </ChartFrame>
      </CardBody>
    </Card>
  );
}

type LineProps = { seen: readonly SeenCounts[]; at: number; window: WindowState; nowMs: number };

/** Steps, because a count stands until the next request. From zero, with room for the limit. */
function Line({ seen, at, window, nowMs }: LineProps) {
  const fromMs = seen[0]!.atMs;
  const counts = seen.map(({ counts }) => Math.max(0, counts[at] ?? 0));
  const top = Math.max(window.limit, ...counts) * 1.1;
  const x = (ms: number) => (((ms - fromMs) / (nowMs - fromMs)) * WIDTH).toFixed(1);
  const y = (count: number) => (HEIGHT - (count / top) * HEIGHT).toFixed(1);
  const steps = seen.map(
    ({ atMs }, n) =>
      `${n === 0 ? "M" : "H"}${n === 0 ? `${x(atMs)},` : x(atMs)}${n === 0 ? y(counts[0]!) : `V${y(counts[n]!)}`}`,
  );
  const line = `${steps.join("")}H${x(nowMs)}`;
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-11 w-full rounded-sm bg-sunken"
    >
      <path d={`${line}V${HEIGHT}H0Z`} fill="var(--class-rate-limits)" fillOpacity={0.18} />
      <path
        d={line}
        fill="none"
        stroke="var(--class-rate-limits)"
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={`M0,${y(window.limit)}H${WIDTH}`}
        stroke="var(--fg-subtle)"
        strokeDasharray="4 3"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
