"use client";

import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { DATA_CLASSES } from "@/components/data-class/data-class";
import { formatBytes, formatTime } from "@/lib/format";
import type { SurveyClass } from "@/lib/redis/keyspace/survey-schema";
import type { UsageSamples } from "@/lib/redis/usage/schema";

type Sample = UsageSamples["samples"][number];

export type UsageDayChartProps = { samples: Sample[]; classes: readonly SurveyClass[] };

/** Areas on top of each other, from zero, in the colours of the classes. */
export function UsageDayChart({ samples, classes }: UsageDayChartProps) {
  return (
    <div className="h-56 w-full text-2xs">
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart data={samples} margin={{ top: 4, right: 4, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="atMs"
            type="number"
            scale="time"
            domain={["dataMin", "dataMax"]}
            tickFormatter={(ms: number) => formatTime(ms, "local", { seconds: false })}
            tick={{ fill: "var(--fg-muted)", fontSize: 11 }}
            tickLine={false}
            axisLine={{ stroke: "var(--line-strong)" }}
            minTickGap={48}
          />
          <YAxis
            width={60}
            tickFormatter={(bytes: number) => formatBytes(bytes)}
            tick={{ fill: "var(--fg-muted)", fontSize: 11 }}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip isAnimationActive={false} content={<Tip classes={classes} />} />
          {classes.toReversed().map((name) => (
            <Area
              key={name}
              type="linear"
              dataKey={(sample: Sample) => sample.sizeBytes[name]}
              stackId="classes"
              stroke={DATA_CLASSES[name].color}
              strokeWidth={1.5}
              fill={DATA_CLASSES[name].color}
              fillOpacity={0.25}
              isAnimationActive={false}
              activeDot={{ r: 3 }}
            />
          ))}
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}

type TipProps = {
  classes: readonly SurveyClass[];
  active?: boolean;
  payload?: ReadonlyArray<{ payload?: Sample }>;
};

function Tip({ classes, active, payload }: TipProps) {
  const sample = payload?.[0]?.payload;
  if (!active || !sample) return null;
  return (
    <div className="rounded-md bg-raised px-3 py-2 text-xs shadow-pop">
      <p className="mb-1 font-medium">{formatTime(sample.atMs, "local", { seconds: false })}</p>
      <ul className="flex flex-col gap-0.5">
        {classes.map((name) => (
          <li key={name} className="flex items-center gap-2">
            <span className="size-2 rounded-[2px]" style={{ background: DATA_CLASSES[name].color }} />
            <span className="flex-1 text-fg-muted">{DATA_CLASSES[name].word}</span>
            {formatBytes(sample.sizeBytes[name])}
          </li>
        ))}
      </ul>
    </div>
  );
}
