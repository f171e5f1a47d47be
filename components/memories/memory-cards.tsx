"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { useHydrated } from "@/components/ui/clock";
import type { MemoryList, MemorySummary } from "@/lib/redis/memories/types";
import type { AddressFilters } from "./filters";
import { MemoryCard } from "./memory-card";
import { CARD_GRID, CardSkeleton } from "./memory-skeletons";
import type { Selection } from "./use-selection";

export type MemoryCardsProps = {
  list: MemoryList;
  itemAt: (index: number) => { memory: MemorySummary; readAtMs: number } | undefined;
  /** Called with the places of the first and the last card that can be seen. */
  onLook: (from: number, to: number) => void;
  hrefOf: (change: AddressFilters, memory?: string) => string;
  onOpen: (memory: string) => void;
  /** undefined for those who may not change memories. */
  selection?: Selection;
  /** Still the cards of the filters before. */
  faded: boolean;
};

const GAP = 12;
/** A card with one line of text; the others are measured. */
const CARD_HEIGHT = 106;
/** What the server draws, which knows no heights: as many as a screen shows below the filters. */
const AT_FIRST = 12;

/** All of them to scroll through. Only what is near the screen is in the page. */
export function MemoryCards(props: MemoryCardsProps) {
  const hydrated = useHydrated();
  const { faded } = props;
  return (
    <div className={clsx("transition-opacity duration-100", faded && "opacity-60")}>
      {hydrated ? <VirtualCards {...props} /> : <FirstCards {...props} />}
    </div>
  );
}

function FirstCards(props: MemoryCardsProps) {
  const count = Math.min(AT_FIRST, props.list.matching);
  return (
    <ul data-list className={CARD_GRID}>
      {range(0, count).map((index) => (
        <Place key={index} {...props} index={index} />
      ))}
    </ul>
  );
}

function VirtualCards(props: MemoryCardsProps) {
  const { list, onLook } = props;
  const columns = useColumns();
  const frame = useRef<HTMLDivElement>(null);
  const scrollMargin = useOffset(frame);
  const virtualizer = useWindowVirtualizer({
    count: Math.ceil(list.matching / columns),
    estimateSize: () => CARD_HEIGHT,
    gap: GAP,
    overscan: 6,
    scrollMargin,
  });
  const rows = virtualizer.getVirtualItems();
  const from = (rows[0]?.index ?? 0) * columns;
  const to = Math.min(list.matching, ((rows.at(-1)?.index ?? 0) + 1) * columns) - 1;
  useEffect(() => onLook(from, Math.max(from, to)), [onLook, from, to]);

  return (
    <div ref={frame} data-list>
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => (
          <ul
            key={row.key}
            ref={virtualizer.measureElement}
            data-index={row.index}
            className={clsx(CARD_GRID, "absolute inset-x-0 top-0")}
            style={{ transform: `translateY(${row.start - scrollMargin}px)` }}
          >
            {range(row.index * columns, Math.min(list.matching, (row.index + 1) * columns)).map((index) => (
              <Place key={index} {...props} index={index} />
            ))}
          </ul>
        ))}
      </div>
    </div>
  );
}

function Place({ index, itemAt, list, hrefOf, onOpen, selection }: MemoryCardsProps & { index: number }) {
  const item = itemAt(index);
  const of = { index, count: list.matching };
  if (!item) return <CardSkeleton {...of} />;
  const { memory, readAtMs } = item;
  return (
    <MemoryCard
      memory={memory}
      readAtMs={readAtMs}
      place={of}
      href={hrefOf({}, memory.ref)}
      onOpen={() => onOpen(memory.ref)}
      showIndexed={list.index.state === "ready" || list.index.state === "building"}
      chosen={selection ? selection.isChosen(memory.ref) : undefined}
      onChoose={(upTo) => selection?.toggle(memory.ref, index, upTo)}
    />
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}

/** As CARD_GRID has it: two from 1,280 px on. */
const WIDE = "(min-width: 1280px)";

function useColumns(): number {
  const wide = useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(WIDE);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => window.matchMedia(WIDE).matches,
    () => false,
  );
  return wide ? 2 : 1;
}

/** How far below the page's beginning it begins: filters above may take another line. */
function useOffset(frame: React.RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (!frame.current) return;
      setOffset(Math.round(frame.current.getBoundingClientRect().top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [frame]);
  return offset;
}
