/** The list's filters as they stand in the address, read alike by the page on the server and the views. */
import type { MemoryFilters } from "@/lib/redis/memories/schema";

export const FILTER_NAMES = [
  "category",
  "minImportance",
  "maxImportance",
  "since",
  "until",
  "text",
  "notIndexed",
  "sort",
  "cursor",
] as const satisfies readonly (keyof MemoryFilters)[];

export type FilterName = (typeof FILTER_NAMES)[number];
export type AddressFilters = Partial<Record<FilterName, string>>;

/** What is empty or given twice is left out; what is wrong goes to the server, which names the rule. */
export function filtersFrom(params: Record<string, string | string[] | null | undefined>): AddressFilters {
  const filters: AddressFilters = {};
  for (const name of FILTER_NAMES) {
    const value = params[name];
    if (typeof value === "string" && value !== "") filters[name] = value;
  }
  return filters;
}

/** How many narrow the list; the order and the page do not. */
export function activeFilters(filters: AddressFilters): FilterName[] {
  return FILTER_NAMES.filter((name) => name !== "sort" && name !== "cursor" && filters[name] !== undefined);
}

/** The page's address with these filters, and with a memory opened. */
export function addressOf(pathname: string, filters: AddressFilters, memory?: string): string {
  const query = new URLSearchParams(filters);
  if (memory) query.set("memory", memory);
  const text = query.toString();
  return text ? `${pathname}?${text}` : pathname;
}
