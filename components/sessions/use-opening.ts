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
 */
export function useOpening(write: (session: string) => void) {
  const [opening, setOpening] = useState<string | null>(null);
  const forget = useRef(() => {});
  const latest = useRef(write);
  latest.current = write;

  // Who has left the page meanwhile is somewhere else: its address is not to be written over.
  useEffect(() => () => forget.current(), []);

  /** @param read is done when there is something to show */
  function open(session: string, read: Promise<void>) {
    forget.current();
    const inputs = new AbortController();
    const finish = () => {
      if (inputs.signal.aborted) return;
      inputs.abort();
      setOpening(null);
      latest.current(session);
    };
    forget.current = () => inputs.abort();
    setOpening(session);
    for (const input of NEXT_INPUTS) {
      window.addEventListener(input, finish, { capture: true, signal: inputs.signal });
    }
    const timer = new Promise((resolve) => setTimeout(resolve, LATEST_MS));
    void Promise.race([read, timer]).then(afterPaint).then(finish);
  }
  return { opening, open };
}
