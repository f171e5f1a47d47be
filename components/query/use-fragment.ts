"use client";

import { useSyncExternalStore } from "react";

/*
 * The fragment of the address: what a page remembers in its link and tells no server, because it may be personal.
 * Changing it by script raises no event that every browser knows, so whoever does it says so here.
 */
const listeners = new Set<() => void>();

/** Change the address in place, without a visit to the server. */
export function replaceAddress(address: string): void {
  window.history.replaceState(null, "", address);
  for (const listener of listeners) listener();
}

/** `#…`, empty on the server and until the page has come to life. */
export function useFragment(): string {
  return useSyncExternalStore(
    subscribe,
    () => window.location.hash,
    () => "",
  );
}

/** A link within the page is followed by script too: where the browser tells of that, it is listened to. */
function subscribe(listener: () => void) {
  // Not within the change itself: React may be in the middle of drawing.
  const later = () => queueMicrotask(listener);
  const { navigation } = window as { navigation?: EventTarget };
  listeners.add(listener);
  window.addEventListener("hashchange", later);
  window.addEventListener("popstate", later);
  navigation?.addEventListener("currententrychange", later);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("hashchange", later);
    window.removeEventListener("popstate", later);
    navigation?.removeEventListener("currententrychange", later);
  };
}
