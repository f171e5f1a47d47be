"use client";

import clsx from "clsx";
import { Skeleton } from "@/components/ui/skeleton";
import { formatMs } from "@/lib/format";
import { type Connection, useConnection } from "./use-connection";

const LOOK = {
  good: { dot: "bg-ok", text: "text-fg-muted", word: "Connected" },
  poor: { dot: "bg-warn", text: "text-warn-fg", word: "Limited" },
  down: { dot: "bg-danger", text: "text-danger-fg", word: "Down" },
};

/** At the rail's foot: which server answers, how fast, and what is wrong with it in words. */
export function ConnectionFoot() {
  const connection = useConnection();
  return (
    <div className="min-h-16 border-t px-4 py-3 text-xs" aria-live="off">
      {connection ? <Told connection={connection} /> : <Untold />}
    </div>
  );
}

function Untold() {
  return (
    <div className="flex flex-col gap-2 py-1" role="status" aria-label="Asking Redis">
      <Skeleton className="h-3 w-24" />
      <Skeleton className="h-3 w-40" />
    </div>
  );
}

function Told({ connection }: { connection: Connection }) {
  const { tone, reason } = judge(connection);
  const { dot, text, word } = LOOK[tone];
  return (
    <>
      <p className={clsx("flex items-center gap-2 font-medium", text)}>
        <span aria-hidden data-fill className={clsx("size-2 shrink-0 rounded-full", dot)} />
        {word}
      </p>
      <p className="mt-0.5 font-mono text-2xs break-words text-fg-muted">{describe(connection)}</p>
      {reason ? <p className={clsx("mt-1 text-2xs break-words", text)}>{reason}</p> : null}
    </>
  );
}

function judge({ up, who, reason, state }: Connection): { tone: keyof typeof LOOK; reason: string | null } {
  if (!up) {
    const subject = who === "redis" ? "Redis does not answer" : "The console does not answer";
    return { tone: "down", reason: reason ?? subject };
  }
  if (state?.consoleStateDown) return { tone: "poor", reason: "The console's own store does not answer." };
  if (state && !state.queryEngine) {
    return { tone: "poor", reason: "No Query Engine here: searches read one person's memories one by one." };
  }
  if (state?.searchCoversOneShard) {
    return {
      tone: "poor",
      reason: "Searches see one node of this cluster: its Query Engine has no coordinator.",
    };
  }
  if (state?.latencyMs && state.latencyMs > 100) return { tone: "poor", reason: "Redis answers slowly." };
  return { tone: "good", reason: null };
}

/** `redis 8.0.2 · standalone · search 2.10 · 0.4 ms`. While it is down: what it was. */
function describe({ up, state }: Connection): string {
  const parts = [`redis ${state?.version ?? ""}`.trim()];
  if (state?.mode) parts.push(state.mode);
  if (state?.primaries && state.primaries > 1) parts.push(`${state.primaries} primaries`);
  if (state?.queryEngine) parts.push(`search ${shortVersion(state.queryEngine)}`);
  if (up && state && state.latencyMs !== null) parts.push(formatMs(state.latencyMs));
  return parts.join(" · ");
}

function shortVersion(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
