"use client";

import { useClock } from "@/components/ui/clock";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { WindowState } from "@/lib/redis/rate-limits/schema";
import { timeLeft } from "./limit-words";

/** Where the limit of a window comes from: built in, set for everyone, or set for this person; by whom, how long, why. */
export function LimitSource({ window }: { window: WindowState }) {
  const { override, defaultSetBy, limit, defaultLimit } = window;
  if (!override) {
    return (
      <span className="min-w-0">
        Limit {formatCount(limit)}, the default
        {defaultSetBy ? (
          <>
            , set by {defaultSetBy.setBy} <TimeAgo ms={defaultSetBy.setAtMs} />
          </>
        ) : null}
      </span>
    );
  }
  return (
    <span className="min-w-0">
      <span className="font-medium text-fg">Limit {formatCount(limit)} for this person</span> instead of{" "}
      {formatCount(defaultLimit)}
      {override.untilMs === null ? null : <Until untilMs={override.untilMs} />}, set by {override.setBy}{" "}
      <TimeAgo ms={override.setAtMs} />
      {override.reason ? (
        <>
          {": "}
          <VisibleText inline text={override.reason} className="text-fg" />
        </>
      ) : null}
    </span>
  );
}

function Until({ untilMs }: { untilMs: number }) {
  const left = useClock((now) => timeLeft(untilMs - now), [untilMs]);
  return <span> for another {left}</span>;
}
