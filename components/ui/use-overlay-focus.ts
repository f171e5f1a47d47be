"use client";

import { useRef } from "react";

/**
 * Where the focus goes when something opens over the page: first to the safe choice, marked with
 * `data-autofocus`, else to the first control; and in the end back to where it came from. Dialogs here are
 * opened by state and have no trigger of their own that could be remembered instead.
 */
export function useOverlayFocus<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  const opener = useRef<Element | null>(null);

  function onOpenAutoFocus(event: Event) {
    opener.current = document.activeElement;
    const safe = ref.current?.querySelector<HTMLElement>("[data-autofocus]");
    if (!safe) return;
    event.preventDefault();
    safe.focus();
  }

  function onCloseAutoFocus(event: Event) {
    event.preventDefault();
    const back = opener.current;
    // What opened it may be gone, erased by what was confirmed.
    const target = back instanceof HTMLElement && back.isConnected ? back : document.querySelector("main");
    target?.focus();
  }

  function onInteractOutside(event: Event) {
    // A message with an undo stands above whatever is open: answering it closes nothing. (The mark is on the message
    // itself: answered, it may have left the page by now.)
    if (event.target instanceof Element && event.target.closest("[data-message]")) event.preventDefault();
  }

  return { ref, onOpenAutoFocus, onCloseAutoFocus, onInteractOutside };
}
