"use client";

import { useSyncExternalStore } from "react";
import { signInNeed, subscribeSignInNeed } from "./sign-in-needed";

/*
 * Whether watched pages refresh by themselves. Pausing holds the picture still while somebody reads or
 * compares; it is a matter of this tab and is forgotten with it.
 */
let paused = false;
const listeners = new Set<() => void>();

export function setPaused(next: boolean): void {
  paused = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePaused(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => paused,
    () => false,
  );
}

/** What is written is on a watched page within 2 s: the wait for the next look, and the look itself. */
const LIVE_MS = 1_200;

/** Has the session ended under this page? Asking on would only be refused. */
export function useSignedOut(): boolean {
  return useSyncExternalStore(
    subscribeSignInNeed,
    () => signInNeed() === "signed_out",
    () => false,
  );
}

/** A query's `refetchInterval` while its page is watched: `ms`, or false while paused or signed out. */
export function useLiveInterval(ms = LIVE_MS): number | false {
  const [isPaused, isSignedOut] = [usePaused(), useSignedOut()];
  return isPaused || isSignedOut ? false : ms;
}
