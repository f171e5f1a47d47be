"use client";

import { usePathname } from "next/navigation";
import { parseAsString, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { replaceAddress, useFragment } from "@/components/query/use-fragment";
import {
  type AddressFilters,
  addressOf,
  type FilterName,
  filtersFrom,
  fragmentOf,
  QUERY_NAMES,
} from "./filters";

const PARSERS = Object.fromEntries([...QUERY_NAMES, "memory"].map((name) => [name, parseAsString])) as Record<
  (typeof QUERY_NAMES)[number] | "memory",
  typeof parseAsString
>;

/** Changes the fragment alone. Whoever changes the rest of the address keeps the fragment that stands there. */
function writeText(text: string | null) {
  replaceAddress(`${window.location.pathname}${window.location.search}${fragmentOf(text)}`);
}

/** Filters and opened memory live in the address: they can be linked to and gone back from. */
export function useMemoryAddress() {
  const pathname = usePathname();
  const [params, setParams] = useQueryStates(PARSERS);
  const fragment = useFragment();
  const filters = useMemo(() => filtersFrom(params, fragment), [params, fragment]);

  const setFilters = useCallback(
    ({ text, ...queried }: Partial<Record<FilterName, string | null>>) => {
      if (text !== undefined) writeText(text);
      const emptied = Object.fromEntries(
        Object.entries(queried).map(([name, value]) => [name, value || null]),
      );
      void setParams(emptied);
    },
    [setParams],
  );
  const clearFilters = useCallback(() => {
    writeText(null);
    void setParams(
      Object.fromEntries(QUERY_NAMES.filter((name) => name !== "sort").map((name) => [name, null])),
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
