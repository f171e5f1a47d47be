"use client";

import { useSyncExternalStore } from "react";

/** What of the shell is open. One at a time: each covers the page. */
export type ShellPanel = "palette" | "shortcuts" | "rail" | null;

let panel: ShellPanel = null;
const listeners = new Set<() => void>();

export function openPanel(next: ShellPanel): void {
  panel = next;
  for (const listener of listeners) listener();
}

export function currentPanel(): ShellPanel {
  return panel;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePanel(): ShellPanel {
  return useSyncExternalStore(subscribe, currentPanel, () => null);
}
