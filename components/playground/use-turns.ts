"use client";

import { useRef, useState } from "react";
import { describeError } from "@/components/query/console-error";
import { runAction } from "@/components/query/run-action";
import { serverNow } from "@/components/ui/clock";
import { replyAction, sendMessageAction } from "@/lib/redis/playground/actions";
import type { PlaygroundSettings } from "@/lib/redis/playground/rules";
import type { PlaygroundStep, RememberStep } from "@/lib/redis/playground/types";

export type TurnStatus = "sending" | "answering" | "done" | "denied" | "unanswered" | "failed";

/** A fact that was saved between two messages. */
export interface Saved {
  kind: "saved";
  id: number;
  step: RememberStep;
}

export interface Turn {
  kind: "turn";
  id: number;
  message: string;
  status: TurnStatus;
  steps: PlaygroundStep[];
  reply: string | null;
  /** When the limits were counted, by the server's clock. */
  countedAtMs: number;
  error: { message: string; hint?: string } | null;
}

/**
 * What happened on this page, in order: messages, each with its steps as they come in (first up to the prompt, then the
 * answer), and the facts that were saved between them.
 */
export function useTurns(user: string, settings: PlaygroundSettings) {
  const [entries, setEntries] = useState<(Turn | Saved)[]>([]);
  const lastId = useRef(0);
  const add = <Entry extends Turn | Saved>(entry: Omit<Entry, "id">): number => {
    lastId.current += 1;
    const added = { ...entry, id: lastId.current } as Entry;
    setEntries((known) => [...known, added]);
    return added.id;
  };
  const change = (id: number, changes: (turn: Turn) => Partial<Turn>) =>
    setEntries((known) =>
      known.map((entry) =>
        entry.kind === "turn" && entry.id === id ? { ...entry, ...changes(entry) } : entry,
      ),
    );

  async function answer(id: number) {
    change(id, () => ({ status: "answering", error: null }));
    try {
      const { outcome, text, steps } = await runAction(() => replyAction({ user, settings }));
      change(id, (turn) => ({
        status: outcome === "replied" ? "done" : "unanswered",
        reply: text,
        steps: [...turn.steps.filter(({ kind }) => kind !== "reply"), ...steps],
      }));
    } catch (error) {
      change(id, () => ({ status: "unanswered", error: describeError(error) }));
    }
  }

  async function send(message: string) {
    const begun = { steps: [], reply: null, countedAtMs: 0, error: null };
    const id = add<Turn>({ kind: "turn", message, status: "sending", ...begun });
    try {
      const { outcome, steps } = await runAction(() => sendMessageAction({ user, message, settings }));
      const status = outcome === "denied" ? "denied" : "answering";
      change(id, () => ({ status, steps, countedAtMs: serverNow() }));
      if (outcome === "ready") await answer(id);
    } catch (error) {
      change(id, () => ({ status: "failed", error: describeError(error) }));
    }
  }

  const remembered = (step: RememberStep) => void add<Saved>({ kind: "saved", step });
  const turns = entries.filter((entry) => entry.kind === "turn");
  const busy = turns.some(({ status }) => status === "sending" || status === "answering");
  return { entries, lastTurn: turns.at(-1) ?? null, busy, send, answer, remembered };
}
