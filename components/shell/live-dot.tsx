"use client";

import clsx from "clsx";
import { setPaused, usePaused } from "@/components/query/live";
import { useConnection } from "./use-connection";

const LOOK = {
  live: { word: "Live", dot: "bg-ok", tip: "Watched pages refresh by themselves. Press to pause." },
  paused: { word: "Paused", dot: "bg-warn", tip: "Nothing refreshes by itself. Press to go on." },
  offline: { word: "Offline", dot: "bg-danger", tip: "Redis does not answer; it is asked again by itself." },
};

export function LiveDot() {
  const connection = useConnection();
  const paused = usePaused();
  const { word, dot, tip } = LOOK[connection && !connection.up ? "offline" : paused ? "paused" : "live"];
  return (
    <button
      type="button"
      aria-pressed={paused}
      data-tip={tip}
      onClick={() => setPaused(!paused)}
      className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2 text-xs text-fg-muted transition-colors duration-100 hover:bg-hover hover:text-fg"
    >
      <span aria-hidden data-fill className={clsx("size-2 rounded-full", dot)} />
      {word}
    </button>
  );
}
