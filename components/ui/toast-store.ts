/*
 * A list of short messages outside of React, so that any handler can say one. Own and small: the usual package
 * writes its style sheet into the page from a script, which the content security policy forbids.
 */
import type { ReactNode } from "react";

export type ToastTone = "neutral" | "ok" | "warn" | "danger";

export type ToastOptions = {
  description?: ReactNode;
  action?: { label: string; onClick: () => void };
  /** How long it stays. A toast never carries the only copy of important news. */
  durationMs?: number;
};

export type ToastEntry = ToastOptions & { id: number; tone: ToastTone; title: ReactNode; durationMs: number };

let entries: readonly ToastEntry[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly ToastEntry[]) {
  entries = next;
  for (const listener of listeners) listener();
}

function say(tone: ToastTone, title: ReactNode, options: ToastOptions = {}): number {
  lastId += 1;
  const durationMs = options.durationMs ?? (options.action || tone === "danger" ? 8000 : 4000);
  change([...entries, { ...options, id: lastId, tone, title, durationMs }].slice(-3));
  return lastId;
}

export const toast = Object.assign(
  (title: ReactNode, options?: ToastOptions) => say("neutral", title, options),
  {
    success: (title: ReactNode, options?: ToastOptions) => say("ok", title, options),
    warning: (title: ReactNode, options?: ToastOptions) => say("warn", title, options),
    error: (title: ReactNode, options?: ToastOptions) => say("danger", title, options),
    dismiss: (id: number) => change(entries.filter((entry) => entry.id !== id)),
  },
);

const NONE: readonly ToastEntry[] = [];

export const toastStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: () => entries,
  readOnServer: () => NONE,
};
