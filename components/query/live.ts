"use client";

import { useSyncExternalStore } from "react";
import { signInNeed, subscribeSignInNeed } from "./sign-in-needed";

/*
 * Whether watched pages refresh by themselves, and by what. Pausing holds the picture still while somebody reads or
 * compares; it is a matter of this tab and is forgotten with it.
 */
export interface LiveStatus {
  paused: boolean;
  /** Changes told and held back while paused; Infinity when everything may be different. */
  waiting: number;
  /**
   * `live`: Redis tells of changes. `resyncing`: the page is being read again, or waits for the stream. `slow`: nobody
   * tells of changes, and everything is read again every {@link SLOW_MS}.
   */
  phase: "live" | "resyncing" | "slow";
  /** Why it is not live, for people. */
  reason: string | null;
}

/** How often a page is read again that nobody tells of changes. */
export const SLOW_MS = 5_000;

let status: LiveStatus = { paused: false, waiting: 0, phase: "resyncing", reason: null };
const AT_FIRST = status;
const listeners = new Set<() => void>();

export function liveStatus(): LiveStatus {
  return status;
}

export function setLiveStatus(next: Partial<LiveStatus>): void {
  status = { ...status, ...next };
  for (const listener of listeners) listener();
}

export function subscribeLiveStatus(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(subscribeLiveStatus, liveStatus, () => AT_FIRST);
}

/** Going on reads the page again once. */
export function setPaused(paused: boolean): void {
  setLiveStatus({ paused, waiting: 0 });
}

export function usePaused(): boolean {
  return useSyncExternalStore(
    subscribeLiveStatus,
    () => status.paused,
    () => false,
  );
}

/** Has the session ended under this page? Asking on would only be refused. */
export function useSignedOut(): boolean {
  return useSyncExternalStore(
    subscribeSignInNeed,
    () => signInNeed() === "signed_out",
    () => false,
  );
}

/**
 * A query's `refetchInterval` for what no change in the store tells of: how far a walk has come, the audit log, who is
 * signed in. What shows the store says so in `meta.live` instead (live-topics.ts).
 * @returns `ms`, or false while paused or signed out
 */
export function useUntoldInterval(ms: number): number | false {
  const [isPaused, isSignedOut] = [usePaused(), useSignedOut()];
  return isPaused || isSignedOut ? false : ms;
}
