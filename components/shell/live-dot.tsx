"use client";

import clsx from "clsx";
import { type LiveStatus, setPaused, useLiveStatus, useSignedOut } from "@/components/query/live";
import { formatCount } from "@/lib/format";
import { type Connection, useConnection } from "./use-connection";

interface Look {
  word: string;
  dot: string;
  tip: string;
}

/** Does the page move by itself, and if not, why. Pressed, it holds still. */
export function LiveDot() {
  const status = useLiveStatus();
  const { word, dot, tip } = lookOf(status, useConnection(), useSignedOut());
  return (
    <button
      type="button"
      aria-pressed={status.paused}
      data-tip={tip}
      onClick={() => setPaused(!status.paused)}
      className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2 text-xs text-fg-muted transition-colors duration-100 hover:bg-hover hover:text-fg"
    >
      <span aria-hidden data-fill className={clsx("size-2 rounded-full", dot)} />
      {word}
    </button>
  );
}

function lookOf(status: LiveStatus, connection: Connection | undefined, isSignedOut: boolean): Look {
  if (isSignedOut) return { word: "Offline", dot: "bg-danger", tip: "Nobody is signed in here any more." };
  if (connection && !connection.up) {
    const who = connection.who === "redis" ? "Redis does not answer" : "The console's server does not answer";
    const why = connection.reason ? ` (${connection.reason})` : "";
    return { word: "Offline", dot: "bg-danger", tip: `${who}${why}; it is asked again by itself.` };
  }
  if (status.paused) return pausedLook(status.waiting);
  if (status.phase === "live") {
    return {
      word: "Live",
      dot: "bg-ok",
      tip: "What changes in Redis is on the page a moment later. Press to pause.",
    };
  }
  const reason = status.reason ? `${status.reason} ` : "";
  if (status.phase === "slow") {
    return {
      word: "Every 5 s",
      dot: "bg-warn",
      tip: `${reason}Without being told of changes, the page is read again every 5 s. Press to pause.`,
    };
  }
  return { word: "Resyncing", dot: "bg-accent", tip: `${reason}The page is being read again.` };
}

function pausedLook(waiting: number): Look {
  const dot = "bg-warn";
  const goOn = "Press to go on: the page is read again once.";
  if (waiting === 0) return { word: "Paused", dot, tip: `Nothing has changed since. ${goOn}` };
  if (waiting === Number.POSITIVE_INFINITY) {
    return { word: "Paused", dot, tip: `Much may have changed since. ${goOn}` };
  }
  const changes = `${formatCount(waiting)} ${waiting === 1 ? "change waits" : "changes wait"}`;
  return { word: `Paused · ${formatCount(waiting)}`, dot, tip: `${changes}. ${goOn}` };
}
