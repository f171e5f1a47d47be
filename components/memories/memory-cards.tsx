"use client";

import clsx from "clsx";
import { MaskedMark } from "@/components/ui/masked-mark";
import { Pager } from "@/components/ui/pager";
import { formatCount } from "@/lib/format";
import type { MemoryList } from "@/lib/redis/memories/types";
import type { AddressFilters } from "./filters";
import { MemoryCard } from "./memory-card";
import { CARD_GRID } from "./memory-skeletons";

export type MemoryCardsProps = {
  list: MemoryList;
  hrefOf: (change: AddressFilters, memory?: string) => string;
  onOpen: (memory: string) => void;
  /** Still the cards of the filters before. */
  faded: boolean;
};

export function MemoryCards({ list, hrefOf, onOpen, faded }: MemoryCardsProps) {
  const { items, offset, matching, index } = list;
  const showIndexed = index.state === "ready" || index.state === "building";
  return (
    <div className={clsx("flex flex-col gap-2 transition-opacity duration-100", faded && "opacity-60")}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p aria-live="polite" className="text-xs text-fg-muted">
          {summary(list)}
        </p>
        {list.masked ? (
          <MaskedMark tip="Texts and names are hidden, sizes are rounded up; the rest is as it is" />
        ) : null}
      </div>
      <ul data-list className={CARD_GRID}>
        {items.map((memory) => (
          <MemoryCard
            key={memory.ref}
            memory={memory}
            readAtMs={list.readAtMs}
            href={hrefOf({}, memory.ref)}
            onOpen={() => onOpen(memory.ref)}
            showIndexed={showIndexed}
          />
        ))}
      </ul>
      {list.previousCursor !== null || list.nextCursor !== null ? (
        <Pager
          label={`${formatCount(offset + 1)}–${formatCount(offset + items.length)} of ${formatCount(matching)}`}
          prevHref={list.previousCursor === null ? null : hrefOf({ cursor: list.previousCursor })}
          nextHref={list.nextCursor === null ? null : hrefOf({ cursor: list.nextCursor })}
        />
      ) : null}
    </div>
  );
}

function summary({ matching, total, complete, unsearched, disputed }: MemoryList): string {
  const all = `${complete ? "" : "at least "}${formatCount(total)} ${total === 1 ? "memory" : "memories"}`;
  const shown = matching === total ? all : `${formatCount(matching)} of ${all}`;
  const cap = complete ? "" : ". Only the first 5,000 are read, filtered and sorted here";
  const skipped =
    unsearched > 0 ? `. ${formatCount(unsearched)} with more than 64 kB of text were not searched` : "";
  const doubt =
    disputed > 0
      ? `. ${formatCount(disputed)} more ${disputed === 1 ? "key is" : "keys are"} not listed: the owner is in doubt`
      : "";
  return `${shown}${cap}${skipped}${doubt}`;
}
