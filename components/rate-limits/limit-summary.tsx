"use client";

import { Gauge } from "lucide-react";
import { QueryState } from "@/components/query/query-state";
import { Card, CardHeader } from "@/components/ui/card";
import { useNow } from "@/components/ui/clock";
import { Meter } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import { formatCount } from "@/lib/format";
import { BUILT_IN_WINDOWS } from "@/lib/redis/limiter/windows";
import type { RateLimits, WindowState } from "@/lib/redis/rate-limits/schema";
import { LimitSentenceLine } from "./limit-sentence";
import { countedDown, countText, timeLeft, VERDICT_WORDS, windowsAt } from "./limit-words";
import { useRateLimits } from "./use-rate-limits";
import { VERDICT_FILL } from "./verdict-badge";

export type LimitSummaryProps = { userRef: string };

/** The windows of one person in a small card, for the page that puts all of a person side by side. */
export function LimitSummary({ userRef }: LimitSummaryProps) {
  const query = useRateLimits(userRef);
  return (
    <Card>
      <CardHeader
        icon={<Gauge aria-hidden />}
        title="Limits"
        actions={
          <TextLink href={`/users/${userRef}/limits`} className="text-xs">
            All about the limits
          </TextLink>
        }
      />
      <QueryState query={query} skeleton={<SummarySkeleton />} errorTitle="The limits could not be read">
        {(limits) => <Summary limits={limits} />}
      </QueryState>
    </Card>
  );
}

function Summary({ limits }: { limits: RateLimits }) {
  const redisNowMs = useNow(countedDown(limits)) + limits.clockOffsetMs;
  return (
    <div className="flex flex-col gap-3 p-4">
      <LimitSentenceLine limits={limits} />
      {limits.state === "wrong-type" ? null : (
        <ul className="grid grid-cols-[auto_minmax(0,1fr)_auto_auto] gap-x-3 gap-y-2.5">
          {windowsAt(limits, redisNowMs).map((window) => (
            <SummaryRow key={window.name} window={window} redisNowMs={redisNowMs} />
          ))}
        </ul>
      )}
    </div>
  );
}

function SummaryRow({ window, redisNowMs }: { window: WindowState; redisNowMs: number }) {
  const { name, state, count, limit, resetAtMs } = window;
  const end = resetAtMs === null ? null : timeLeft(resetAtMs - redisNowMs);
  return (
    <li className="col-span-full grid grid-cols-subgrid items-center text-sm tabular-nums">
      <span className="text-fg-muted capitalize">{name}</span>
      <Meter
        value={Math.max(0, count ?? 0)}
        max={limit}
        tone={VERDICT_FILL[state]}
        label={`Requests of ${formatCount(limit)} in one ${name}`}
      />
      <span className="text-right">
        {countText(window)} <span className="text-fg-muted">of {formatCount(limit)}</span>
      </span>
      <span className="min-w-18 text-right text-fg-muted">{end ?? VERDICT_WORDS[state]}</span>
    </li>
  );
}

function SummarySkeleton() {
  return (
    <div className="flex flex-col gap-3 p-4">
      <Skeleton className="my-0.5 h-4 w-3/5" />
      {BUILT_IN_WINDOWS.map((window) => (
        <Skeleton key={window.name} className="h-5 w-full" />
      ))}
    </div>
  );
}
