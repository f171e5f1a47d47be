"use client";

import { useClock } from "./clock";
import { timeLeft } from "./countdown-text";

export type CountdownProps = {
  /** Epoch ms, by the server's clock. */
  untilMs: number;
  /** How far the clock that set `untilMs` is ahead of the server's. */
  offsetMs?: number;
  className?: string;
};

/** '0:42', '23 h 14 min'. It says 0:00 only when the time is over. */
export function Countdown({ untilMs, offsetMs = 0, className }: CountdownProps) {
  const endMs = untilMs - offsetMs;
  const text = useClock((now) => timeLeft(endMs - now), [endMs]);
  return (
    // A timer is silent for screen readers by its role: they ask for it when they want it.
    <span role="timer" className={className}>
      {text}
    </span>
  );
}
