"use client";

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatDateTime, formatDay, formatTime } from "@/lib/format";
import { LINES } from "./line-styles";
import { figure } from "./words";

type Point = { atMs: number; recall: Record<string, number> };
export type HistoryChartProps = { points: Point[]; names: string[] };

const DAY_MS = 86_400_000;

/** A line for each setting, from zero to one. */
export function HistoryChart({ points, names }: HistoryChartProps) {
  const spanMs = (points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0);
  return (
    <div className="h-56 w-full text-2xs">
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={points} margin={{ top: 4, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="atMs"
            type="number"
            scale="time"
            domain={["dataMin", "dataMax"]}
            tickFormatter={(ms: number) =>
              spanMs < DAY_MS ? formatTime(ms, "local", { seconds: false }) : formatDay(ms, "local")
            }
            tick={{ fill: "var(--fg-muted)", fontSize: 11 }}
            tickLine={false}
            axisLine={{ stroke: "var(--line-strong)" }}
            minTickGap={64}
          />
          <YAxis
            width={32}
            domain={[0, 1]}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            tick={{ fill: "var(--fg-muted)", fontSize: 11 }}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip isAnimationActive={false} content={<Tip names={names} />} />
          {names.map((name, at) => (
            <Line
              key={name}
              type="linear"
              dataKey={(point: Point) => point.recall[name]}
              stroke={LINES[at]!.color}
              strokeDasharray={LINES[at]!.dash}
              strokeWidth={2}
              dot={{ r: 2.5, strokeDasharray: "0" }}
              connectNulls
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

type TipProps = { names: string[]; active?: boolean; payload?: ReadonlyArray<{ payload?: Point }> };

function Tip({ names, active, payload }: TipProps) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="rounded-md bg-raised px-3 py-2 text-xs shadow-pop">
      <p className="mb-1 font-medium">{formatDateTime(point.atMs, "local")}</p>
      <ul className="flex flex-col gap-0.5">
        {names.map((name) => (
          <li key={name} className="flex items-center gap-3">
            <span className="flex-1 text-fg-muted">{name}</span>
            {point.recall[name] === undefined ? "–" : figure(point.recall[name])}
          </li>
        ))}
      </ul>
    </div>
  );
}
