"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useUntoldInterval } from "@/components/query/live";
import { PAGE_SIZE } from "@/lib/redis/memories/rules";
import type { MemorySummary } from "@/lib/redis/memories/types";
import type { AddressFilters } from "./filters";
import { BUILDING_MS, firstMemoriesQuery, memoriesQuery, whileBuilding } from "./queries";

/** Who pulls at the scroll bar passes pages that nobody looks at. */
const REST_MS = 80;

/** The pages of the list that somebody looks at; the first one always, because it says how many there are. */
export function useMemoryPages(userRef: string, filters: AddressFilters) {
  const often = useUntoldInterval(BUILDING_MS);
  const first = useQuery({
    ...firstMemoriesQuery(userRef, filters),
    refetchInterval: ({ state }) => whileBuilding(often, state.data),
  });
  const [seen, setSeen] = useState({ from: 0, to: 0 });
  const pages = useRested(seen);
  const later = useMemo(() => pagesBetween(pages.from, pages.to).filter((page) => page > 0), [pages]);
  const queries = useQueries({
    // Of the pages of another filter nothing is asked until its first page is there.
    queries: later.map((page) => ({
      ...memoriesQuery(userRef, filters, page),
      enabled: first.data !== undefined && !first.isPlaceholderData && page * PAGE_SIZE < first.data.matching,
    })),
  });
  const loaded = new Map(later.map((page, at) => [page, queries[at]?.data]));
  const failed = queries.find(({ isError, data }) => isError && data === undefined);

  function itemAt(index: number): { memory: MemorySummary; readAtMs: number } | undefined {
    const page = Math.floor(index / PAGE_SIZE);
    const list = page === 0 ? first.data : loaded.get(page);
    // A page that was asked for past the end answers with the last one there is.
    const memory = list?.offset === page * PAGE_SIZE ? list.items[index % PAGE_SIZE] : undefined;
    return memory && list ? { memory, readAtMs: list.readAtMs } : undefined;
  }
  const look = useCallback((from: number, to: number) => {
    const next = { from: Math.floor(from / PAGE_SIZE), to: Math.floor(to / PAGE_SIZE) };
    setSeen((before) => (before.from === next.from && before.to === next.to ? before : next));
  }, []);
  return { first, itemAt, look, failed };
}

function pagesBetween(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
