/**
 * The list's filters as they stand in the address, read alike by the page on the server and the views. The text that
 * is looked for may be personal: it stands in the fragment, which a browser sends to no server.
 */
import type { MemoryFilters } from "@/lib/redis/memories/schema";

export const QUERY_NAMES = [
  "category",
  "minImportance",
  "maxImportance",
  "since",
  "until",
  "notIndexed",
  "withLife",
  "sort",
] as const satisfies readonly (keyof MemoryFilters)[];

export type FilterName = (typeof QUERY_NAMES)[number] | "text";
export type AddressFilters = Partial<Record<FilterName, string>>;

/**
 * What is empty or given twice is left out; what is wrong goes to the server, which names the rule.
 * @param fragment such as `#text=pottery`; a server never has it
 */
export function filtersFrom(
  params: Record<string, string | string[] | null | undefined>,
  fragment = "",
): AddressFilters {
  const filters: AddressFilters = {};
  for (const name of QUERY_NAMES) {
    const value = params[name];
    if (typeof value === "string" && value !== "") filters[name] = value;
  }
  const text = new URLSearchParams(fragment.replace(/^#/, "")).get("text");
  if (text) filters.text = text.slice(0, 200);
  return filters;
}

export function fragmentOf(text: string | null | undefined): string {
  return text ? `#text=${encodeURIComponent(text)}` : "";
}

/** How many narrow the list; the order does not. */
export function activeFilters(filters: AddressFilters): FilterName[] {
  const names: FilterName[] = [...QUERY_NAMES, "text"];
  return names.filter((name) => name !== "sort" && filters[name] !== undefined);
}

/** Two bounds that no memory can be between, in words; null when there are none. */
export function contradictionOf(filters: AddressFilters): string | null {
  const { minImportance = "1", maxImportance = "10", since, until } = filters;
  if (Number(minImportance) > Number(maxImportance)) {
    return `The least importance, ${minImportance}, is above the greatest, ${maxImportance}.`;
  }
  // Days such as 2026-03-04 sort as texts.
  if (since && until && since > until) return `The first day, ${since}, is after the last, ${until}.`;
  return null;
}

/** The page's address with these filters, and with a memory opened. */
export function addressOf(pathname: string, filters: AddressFilters, memory?: string): string {
  const { text, ...queried } = filters;
  const query = new URLSearchParams(queried);
  if (memory) query.set("memory", memory);
  const search = query.toString();
  return `${pathname}${search ? `?${search}` : ""}${fragmentOf(text)}`;
}

/** The Search lab, asked why this memory is not among what a search finds. References alone stand in the address. */
export function whyAddress(userRef: string, memory: string): string {
  return `/search?${new URLSearchParams({ user: userRef, memory })}`;
}
