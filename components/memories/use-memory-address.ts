"use client";

import { usePathname } from "next/navigation";
import { parseAsString, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { type AddressFilters, addressOf, FILTER_NAMES, type FilterName, filtersFrom } from "./filters";

const PARSERS = Object.fromEntries(
  [...FILTER_NAMES, "memory"].map((name) => [name, parseAsString]),
) as Record<FilterName | "memory", typeof parseAsString>;

/** Filters, page and opened memory live in the address: they can be linked to and gone back from. */
export function useMemoryAddress() {
  const pathname = usePathname();
  const [params, setParams] = useQueryStates(PARSERS);
  const filters = useMemo(() => filtersFrom(params), [params]);

  const setFilters = useCallback(
    (change: Partial<Record<FilterName, string | null>>) => {
      const emptied = Object.fromEntries(
        Object.entries(change).map(([name, value]) => [name, value || null]),
      );
      // Another filter begins at its first page.
      void setParams({ cursor: null, ...emptied });
    },
    [setParams],
  );
  const clearFilters = useCallback(() => {
    void setParams(
      Object.fromEntries(FILTER_NAMES.filter((name) => name !== "sort").map((name) => [name, null])),
    );
  }, [setParams]);
  const openMemory = useCallback(
    (memory: string | null) => {
      void setParams({ memory }, { history: memory ? "push" : "replace" });
    },
    [setParams],
  );
  const hrefOf = useCallback(
    (change: AddressFilters, memory?: string) => addressOf(pathname, { ...filters, ...change }, memory),
    [pathname, filters],
  );
  return { filters, memory: params.memory, setFilters, clearFilters, openMemory, hrefOf };
}
