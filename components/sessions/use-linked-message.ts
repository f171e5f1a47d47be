"use client";

import { useEffect, useRef, useState } from "react";
import { parseMessageLink } from "./message-link";
import type { SessionTarget } from "./mutations";
import { locateMessage } from "./queries";

/** What became of the message that the address names. */
export type LinkOutcome = "none" | "found" | "moved" | "gone" | "not-found" | "failed";

const ATTEMPTS = 3;
const WAIT_MS = 700;

/** A page that opens while the console starts, or under load, gets its answer a little later. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}

/** Goes once to the message that an address names, wherever it stands now. */
export function useLinkedMessage(
  { userRef, session }: SessionTarget,
  linked: string | null,
  ready: boolean,
  goTo: (position: number) => Promise<void>,
): LinkOutcome {
  const [outcome, setOutcome] = useState<LinkOutcome>("none");
  const went = useRef<string | null>(null);
  const go = useRef(goTo);
  go.current = goTo;

  useEffect(() => {
    const link = parseMessageLink(linked);
    if (!link || !ready || went.current === linked) return;
    went.current = linked;
    void (async () => {
      try {
        const { position, length, everywhere } = await patiently(() =>
          locateMessage(userRef, session, { position: link.position, marks: [link.mark] }),
        );
        await go.current(position ?? Math.min(link.position, length - 1));
        if (position === null) setOutcome(everywhere ? "gone" : "not-found");
        else setOutcome(position === link.position ? "found" : "moved");
      } catch {
        setOutcome("failed");
      }
    })();
  }, [linked, ready, userRef, session]);
  return linked === null ? "none" : outcome;
}
