"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
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

/**
 * All of them to scroll through. Only what is near the screen is in the page: above and below it stand paddings as high
 * as the cards that are not there. The server's cards are the first of them, so that the page has its whole height
 * before the browser's part of it works, and what is clicked on meanwhile is not replaced.
 */
export function MemoryCards(props: MemoryCardsProps) {
  const { list, onLook, faded } = props;
  const columns = useColumns();
  const frame = useRef<HTMLUListElement>(null);
  const scrollMargin = useOffset(frame);
  const count = list.matching;
  const virtualizer = useWindowVirtualizer({
    count: Math.ceil(count / (columns ?? 1)),
    estimateSize: () => CARD_HEIGHT,
    gap: GAP,
    overscan: 6,
    scrollMargin,
    indexAttribute: "data-row",
  });
  const rows = virtualizer.getVirtualItems();
  const first = rows[0];
  const last = rows.at(-1);
  const drawn =
    columns === null
      ? {
          from: 0,
          to: Math.min(AT_FIRST, count),
          above: 0,
          below: Math.max(0, count - AT_FIRST) * (CARD_HEIGHT + GAP),
        }
      : {
          from: (first?.index ?? 0) * columns,
          to: last ? Math.min(count, (last.index + 1) * columns) : 0,
          above: first ? first.start - scrollMargin : 0,
          below: virtualizer.getTotalSize() - (last ? last.end - scrollMargin : 0),
        };
  const { from, to } = drawn;
  useEffect(() => onLook(from, Math.max(from, to - 1)), [onLook, from, to]);

  return (
    <ul
      ref={frame}
      data-list
      className={clsx(
        CARD_GRID,
        // The virtualizer itself keeps the place when a height turns out to be another.
        "transition-opacity duration-100 [overflow-anchor:none]",
        faded && "opacity-60",
      )}
      style={{ paddingTop: drawn.above, paddingBottom: drawn.below }}
    >
      {range(from, to).map((index) => (
        <Place
          key={index}
          {...props}
          index={index}
          row={Math.floor(index / (columns ?? 1))}
          // Cards of one row are equally high: the first of them tells for all.
          measure={columns !== null && index % columns === 0 ? virtualizer.measureElement : undefined}
        />
      ))}
    </ul>
  );
}

type PlaceProps = MemoryCardsProps & {
  index: number;
  row: number;
  measure: ((card: HTMLLIElement | null) => void) | undefined;
};

function Place({ index, row, measure, itemAt, list, hrefOf, onOpen, selection }: PlaceProps) {
  const item = itemAt(index);
  const of = { index, row, count: list.matching };
  if (!item) return <CardSkeleton ref={measure} {...of} />;
  const { memory, readAtMs } = item;
  return (
    <MemoryCard
      ref={measure}
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

/** null on the server, and while the browser repeats what the server drew: that does not know how wide the page is. */
function useColumns(): 1 | 2 | null {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(WIDE);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => (window.matchMedia(WIDE).matches ? 2 : 1),
    () => null,
  );
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
