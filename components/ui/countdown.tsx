"use client";

import { formatDuration } from "@/lib/format";
import { useClock } from "./clock";

export type CountdownProps = {
  /** Epoch ms, by the server's clock. */
  untilMs: number;
  /** How far the clock that set `untilMs` is ahead of the server's. */
  offsetMs?: number;
  className?: string;
};

/** '0:42', '23 h 14 min'. Seconds are rounded up: it says 0:00 only when the time is over. */
export function Countdown({ untilMs, offsetMs = 0, className }: CountdownProps) {
  const text = useClock((now) => formatDuration(Math.ceil((untilMs - offsetMs - now) / 1000) * 1000));
  return (
    // A timer is silent for screen readers by its role: they ask for it when they want it.
    <span role="timer" className={className}>
      {text}
    </span>
  );
}
