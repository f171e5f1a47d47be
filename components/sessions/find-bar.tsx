"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { describeError } from "@/components/query/console-error";
import { Button, IconButton } from "@/components/ui/button";
import { SearchInput } from "@/components/ui/search-input";
import { Spinner } from "@/components/ui/spinner";
import { formatCount } from "@/lib/format";
import { countWords, stepTo } from "./find-progress";
import type { useFind } from "./use-find";

export type FindBarProps = {
  words: string;
  onWords: (words: string) => void;
  find: ReturnType<typeof useFind>;
  /** Position of the match that is shown. */
  at: number | null;
  onGoTo: (position: number) => void;
  masked: boolean;
  onClose: () => void;
};

/** Find in the session: all of its messages, not only those that are here. */
export function FindBar({ words, onWords, find, at, onGoTo, masked, onClose }: FindBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => bar.current?.querySelector("input")?.focus(), []);
  const { found, running } = find;
  const nowhere = !found || found.positions.length === 0;

  function step(by: 1 | -1) {
    if (!found) return;
    const next = stepTo(found, at, by);
    if (next !== null) onGoTo(next);
    else if (found.rest > 0 && !running) void find.goOn();
  }

  return (
    <search ref={bar} className="flex flex-wrap items-center gap-2 border-b bg-sunken px-4 py-2">
      <SearchInput
        label="Find in this session"
        className="min-w-44 flex-1"
        value={words}
        maxLength={200}
        onChange={(event) => onWords(event.target.value)}
        onClear={() => onWords("")}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
          if (event.key === "Enter") step(event.shiftKey ? 1 : -1);
        }}
      />
      <span role="status" className="flex items-center gap-1.5 text-xs text-fg-muted">
        {running ? <Spinner /> : null}
        <Words words={words} find={find} at={at} masked={masked} />
      </span>
      {found && !running && found.rest > 0 ? (
        <Button size="sm" onClick={() => void find.goOn()}>
          Go on
        </Button>
      ) : null}
      <span className="flex">
        <IconButton label="Older match" size="sm" onClick={() => step(-1)} disabled={nowhere}>
          <ChevronUp />
        </IconButton>
        <IconButton label="Newer match" size="sm" onClick={() => step(1)} disabled={nowhere}>
          <ChevronDown />
        </IconButton>
        <IconButton label="Close the search" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </span>
    </search>
  );
}

type WordsProps = Pick<FindBarProps, "words" | "find" | "at" | "masked">;

function Words({ words, find: { found, error }, at, masked }: WordsProps) {
  if (error) return <span className="text-danger-fg">{describeError(error).message}</span>;
  if (words.trim() === "")
    return masked ? "Counts messages; their words stay hidden" : "All messages are searched";
  if (!found) return null;
  return (
    <span
      data-tip={
        found.cutMessages > 0
          ? `Of ${formatCount(found.cutMessages)} very long ones the first megabyte was searched`
          : undefined
      }
    >
      {countWords(found, at)}
      {found.masked && found.total > 0 ? "; which ones is hidden" : ""}
    </span>
  );
}
