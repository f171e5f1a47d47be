"use client";

import { useEffect, useRef, useState } from "react";
import { afterPaint } from "@/components/ui/after-paint";

/** An address that lags behind what is shown any longer would be copied by somebody. */
const LATEST_MS = 200;
/** Whatever the reader does next, it must find the address as it should be. */
const NEXT_INPUTS = ["pointerdown", "keydown", "click"] as const;

/**
 * What is shown at once, and gets into the address as soon as it stands on the screen: the router's part of a new
 * address takes as long as drawing a conversation, and whoever clicked waits for the conversation.
 * @param addressed the session that the address names
 */
export function useOpening(addressed: string | null) {
  const [opening, setOpening] = useState<string | null>(null);
  const [before, setBefore] = useState(addressed);
  if (addressed !== before) {
    setBefore(addressed);
    setOpening(null);
  }
  const forget = useRef(() => {});
  // Who has left the page meanwhile is somewhere else: its address is not to be written over.
  useEffect(() => () => forget.current(), []);

  /** @param read is done when there is something to show */
  function open(session: string, read: Promise<void>) {
    forget.current();
    const inputs = new AbortController();
    const finish = () => {
      if (inputs.signal.aborted) return;
      inputs.abort();
      address(session);
    };
    forget.current = () => inputs.abort();
    if (session !== addressed) setOpening(session);
    for (const input of NEXT_INPUTS) {
      window.addEventListener(input, finish, { capture: true, signal: inputs.signal });
    }
    const timer = new Promise((resolve) => setTimeout(resolve, LATEST_MS));
    void Promise.race([read, timer]).then(afterPaint).then(finish);
  }
  return { opening, open };
}

/**
 * Within this very moment: nuqs writes in a task of its own, which after the click on a link would come between, and the
 * link would lead nowhere.
 */
function address(session: string): void {
  const url = new URL(window.location.href);
  url.searchParams.set("session", session);
  url.searchParams.delete("message");
  if (url.href !== window.location.href) window.history.pushState(null, "", url);
}
