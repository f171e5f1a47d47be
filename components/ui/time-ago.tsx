"use client";

import { formatDateTime, formatTimeAgo, isTime } from "@/lib/format";
import { useClock, useHydrated } from "./clock";

export type TimeAgoProps = {
  ms: number | null;
  none?: string;
  /** It was then at the earliest. */
  orLater?: string;
  className?: string;
};

/** '3 h ago', with the full time in UTC and here on hover, and the reason why it may have been later. */
export function TimeAgo({ ms, none = "never", orLater, className }: TimeAgoProps) {
  const text = useClock((now) => (ms === null ? none : formatTimeAgo(ms, now)));
  const hydrated = useHydrated();
  if (ms === null || !isTime(ms)) return <span className={className}>{text}</span>;
  const utc = formatDateTime(ms, "utc");
  const local = hydrated ? formatDateTime(ms, "local") : utc;
  return (
    <time
      dateTime={new Date(ms).toISOString()}
      data-tip={[utc, local === utc ? null : local, orLater].filter(Boolean).join("\n")}
      className={className}
    >
      {text}
    </time>
  );
}
