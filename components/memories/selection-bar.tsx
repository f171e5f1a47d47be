"use client";

import { FolderInput, SignalHigh, Timer, Trash2, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { formatCount } from "@/lib/format";
import { MAX_CHOSEN } from "@/lib/redis/memories/rules";
import type { BulkChange } from "@/lib/redis/memories/types";
import { countChosen, type Selection } from "./use-selection";

export type SelectionBarProps = {
  selection: Selection;
  matching: number;
  narrowed: boolean;
  onBulk: (what: BulkChange["what"]) => void;
};

/** What can be done with the chosen ones, at the foot of the screen while there are any. */
export function SelectionBar({ selection, matching, narrowed, onBulk }: SelectionBarProps) {
  const count = countChosen(selection.chosen, matching);
  if (count === 0) return null;
  const all = selection.chosen.kind === "all";
  return (
    <section
      aria-label="Chosen memories"
      className="pop-in sticky bottom-3 z-20 mx-auto flex max-w-full flex-wrap items-center gap-2 rounded-lg bg-raised px-3 py-2 shadow-pop"
    >
      <p aria-live="polite" className="text-sm font-medium">
        {all ? `All ${formatCount(count)}` : formatCount(count)} chosen
        {!all && count >= MAX_CHOSEN ? ", no more one by one" : ""}
      </p>
      {!all && matching > count ? (
        <Button size="sm" variant="ghost" onClick={selection.chooseAll}>
          {narrowed ? `All ${formatCount(matching)} that pass` : `All ${formatCount(matching)}`}
        </Button>
      ) : null}
      <span className="h-5 border-l max-sm:hidden" />
      <Button size="sm" icon={<SignalHigh />} onClick={() => onBulk("importance")}>
        Importance
      </Button>
      <Button size="sm" icon={<FolderInput />} onClick={() => onBulk("category")}>
        Category
      </Button>
      <Button size="sm" icon={<Timer />} onClick={() => onBulk("life")}>
        Life
      </Button>
      <Button
        size="sm"
        icon={<Trash2 />}
        className="text-danger-fg hover:text-danger-fg"
        onClick={() => onBulk("delete")}
      >
        Delete
      </Button>
      <span className="flex items-center gap-1 text-xs text-fg-muted max-lg:hidden">
        <Kbd>x</Kbd> chooses
      </span>
      <IconButton label="Choose none" size="sm" onClick={selection.clear}>
        <X />
      </IconButton>
    </section>
  );
}
