"use client";

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from "react";

/*
 * One clock for the page. It tells the server's time: a browser whose own clock is minutes off would otherwise
 * show a limit as over that still holds. Everything that ticks, ticks together, once a second, and not at all
 * while nobody looks.
 */
let nowMs = 0;
let skewMs = 0;
const listeners = new Set<() => void>();

function tick() {
  nowMs = Date.now() + skewMs;
  for (const listener of listeners) listener();
}

/** Corrects the clock by a time the server has just told. Small differences are only the way it travelled. */
export function setServerTime(serverMs: number): void {
  const skew = serverMs - Date.now();
  if (Math.abs(skew - skewMs) < 2000) return;
  skewMs = skew;
  tick();
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
    let timer: ReturnType<typeof setInterval> | undefined;
    function start() {
      clearInterval(timer);
      if (document.hidden) return;
      tick();
      timer = setInterval(tick, 1000);
    }
    start();
    document.addEventListener("visibilitychange", start);
    return () => {
      clearInterval(timer);
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
