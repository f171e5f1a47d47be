"use client";

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from "react";
import { learnSkew, NO_SKEW } from "./clock-skew";

/*
 * One clock for the page. It tells the server's time: a browser whose own clock is minutes off would otherwise
 * show a limit as over that still holds. Everything that ticks, ticks together, once a second, and not at all
 * while nobody looks.
 */
let nowMs = 0;
let skew = NO_SKEW;
/** A timer may be a little early; a tick just before the second would show the old one for another second. */
const AFTER_MS = 4;
const listeners = new Set<() => void>();

function tick() {
  nowMs = serverNow();
  for (const listener of listeners) listener();
}

/** The server's time in epoch ms, at this very moment: for setting a timer by it. */
export function serverNow(): number {
  return Date.now() + skew.ms;
}

/**
 * Corrects the clock by a time the server has just told.
 * @param travel when that answer was asked for and when it came, by the browser's clock: the shorter its way, the more
 *   exactly it tells the time. Without it only a clock that is seconds off is corrected.
 */
export function setServerTime(
  serverMs: number,
  travel: { sentAtMs: number; receivedAtMs: number } | null = null,
): void {
  const before = skew;
  skew = learnSkew(skew, serverMs, travel, Date.now());
  // Below what anybody sees, the next tick is early enough.
  if (Math.abs(skew.ms - before.ms) > 100) tick();
}

/** Has the server told its time exactly enough for a countdown? */
export function isServerTimeKnown(): boolean {
  return skew.withinMs <= 250;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const RenderedAt = createContext(0);

export type ClockProviderProps = {
  /** When the server rendered the page: what the first render in the browser must repeat. */
  renderedAtMs: number;
  children: ReactNode;
};

export function ClockProvider({ renderedAtMs, children }: ClockProviderProps) {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function start() {
      clearTimeout(timer);
      if (document.hidden) return;
      tick();
      // To the server's next full second: an interval drifts, and then a countdown skips a second now and then.
      timer = setTimeout(start, 1000 - (nowMs % 1000) + AFTER_MS);
    }
    start();
    document.addEventListener("visibilitychange", start);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", start);
    };
  }, []);
  return <RenderedAt value={renderedAtMs}>{children}</RenderedAt>;
}

/** The server's time in epoch ms, new every second. */
export function useNow(): number {
  return useClock((now) => now);
}

/** A text or number made of the time. Renders again only when *that* changes, not every second. */
export function useClock<T extends string | number | boolean>(of: (nowMs: number) => T): T {
  const renderedAt = useContext(RenderedAt);
  return useSyncExternalStore(
    subscribe,
    () => of(nowMs || renderedAt),
    () => of(renderedAt),
  );
}

const never = () => () => {};

/** False on the server and in the first render after it: for what depends on the browser's time zone. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
