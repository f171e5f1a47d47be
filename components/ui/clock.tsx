"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useSyncExternalStore,
} from "react";
import { learnSkew, NO_SKEW } from "./clock-skew";
import { phasesOf, Ticks } from "./ticks";

/*
 * One clock for the page. It tells the server's time: a browser whose own clock is minutes off would otherwise
 * show a limit as over that still holds. It ticks once a second, and not at all while nobody looks.
 */
let skew = NO_SKEW;
const ticks = new Ticks(serverNow);

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
  if (Math.abs(skew.ms - before.ms) > 100) ticks.tick();
}

/** Has the server told its time exactly enough for a countdown? */
export function isServerTimeKnown(): boolean {
  return skew.withinMs <= 250;
}

const RenderedAt = createContext(0);

export type ClockProviderProps = {
  /** When the server rendered the page: what the first render in the browser must repeat. */
  renderedAtMs: number;
  children: ReactNode;
};

export function ClockProvider({ renderedAtMs, children }: ClockProviderProps) {
  useEffect(() => {
    const follow = () => (document.hidden ? ticks.stop() : ticks.start());
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      ticks.stop();
      document.removeEventListener("visibilitychange", follow);
    };
  }, []);
  return <RenderedAt value={renderedAtMs}>{children}</RenderedAt>;
}

/**
 * The server's time in epoch ms, new every second.
 * @param ends as of {@link useClock}
 */
export function useNow(ends?: readonly (number | null)[]): number {
  return useClock((now) => now, ends);
}

/**
 * A text or number made of the time. Renders again only when *that* changes, not every second.
 * @param ends what is counted down to, in epoch ms by the server's clock: it ticks when whole and half seconds are left of
 *   each, the end itself included. Without any it ticks at full seconds.
 */
export function useClock<T extends string | number | boolean>(
  of: (nowMs: number) => T,
  ends: readonly (number | null)[] = NO_ENDS,
): T {
  const renderedAt = useContext(RenderedAt);
  const phases = phasesOf(ends);
  const named = phases.join();
  const subscribe = useCallback(
    (listener: () => void) => ticks.subscribe(named.split(",").map(Number), listener),
    [named],
  );
  return useSyncExternalStore(
    subscribe,
    () => of(ticks.at(phases) || renderedAt),
    () => of(renderedAt),
  );
}

const NO_ENDS: readonly number[] = [];
const never = () => () => {};

/** False on the server and in the first render after it: for what depends on the browser's time zone. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
