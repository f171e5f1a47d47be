"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { IconButton } from "@/components/ui/button";
import { SearchInput } from "@/components/ui/search-input";
import { formatCount } from "@/lib/format";
import type { ConversationWindow } from "./conversation-window";
import type { Found } from "./message-stream";

/** Keys of the loaded messages that hold the words, newest first. */
export function useMatches(window: ConversationWindow | null, words: string): number[] {
  return useMemo(() => {
    const wanted = words.trim().toLowerCase();
    if (!window || wanted === "") return [];
    return window.items
      .filter(({ text }) => text.toLowerCase().includes(wanted))
      .map(({ key }) => key)
      .reverse();
  }, [window, words]);
}

export type FindBarProps = {
  words: string;
  onWords: (words: string) => void;
  matches: readonly number[];
  goTo: Found["goTo"];
  onGoTo: (goTo: Found["goTo"]) => void;
  /** Messages that are searched, of how many there are. */
  loaded: number;
  length: number;
  onClose: () => void;
};

export function FindBar(props: FindBarProps) {
  const { words, onWords, matches, goTo, onGoTo, loaded, length, onClose } = props;
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => bar.current?.querySelector("input")?.focus(), []);

  const at = goTo === null ? -1 : matches.indexOf(goTo.key);
  function step(by: 1 | -1) {
    if (matches.length === 0) return;
    const next = at === -1 ? 0 : (at + by + matches.length) % matches.length;
    onGoTo({ key: matches[next]! });
  }

  return (
    <div ref={bar} className="flex flex-wrap items-center gap-2 border-b bg-sunken px-4 py-2">
      <SearchInput
        label="Find in the loaded messages"
        className="min-w-48 flex-1"
        value={words}
        onChange={(event) => onWords(event.target.value)}
        onClear={() => onWords("")}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
          if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
        }}
      />
      <span role="status" className="text-xs text-fg-muted">
        {words.trim() === ""
          ? `${formatCount(loaded)} of ${formatCount(length)} loaded`
          : `${at === -1 ? "" : `${formatCount(at + 1)} of `}${formatCount(matches.length)} found${
              loaded < length ? ` in the ${formatCount(loaded)} loaded` : ""
            }`}
      </span>
      <span className="flex">
        <IconButton label="Older match" size="sm" onClick={() => step(1)} disabled={matches.length === 0}>
          <ChevronUp />
        </IconButton>
        <IconButton label="Newer match" size="sm" onClick={() => step(-1)} disabled={matches.length === 0}>
          <ChevronDown />
        </IconButton>
        <IconButton label="Close the search" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </span>
    </div>
  );
}
