"use client";

import { formatDateTime, formatTimeAgo, isTime } from "@/lib/format";
import { useClock, useHydrated } from "./clock";

export type TimeAgoProps = { ms: number | null; none?: string; className?: string };

/** '3 h ago', with the full time in UTC and here on hover. */
export function TimeAgo({ ms, none = "never", className }: TimeAgoProps) {
  const text = useClock((now) => (ms === null ? none : formatTimeAgo(ms, now)));
  const hydrated = useHydrated();
  if (ms === null || !isTime(ms)) return <span className={className}>{text}</span>;
  const utc = formatDateTime(ms, "utc");
  const local = hydrated ? formatDateTime(ms, "local") : utc;
  return (
    <time
      dateTime={new Date(ms).toISOString()}
      data-tip={local === utc ? utc : `${utc}\n${local}`}
      className={className}
    >
      {text}
    </time>
  );
}
