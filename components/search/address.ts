/**
 * The lab's state in the address. The person stands there as a reference. What is looked for stands in the
 * fragment, which a browser sends to no server: it may be personal.
 */
import { K_DEFAULT, SEARCH_MODES, type SearchMode } from "@/lib/redis/recall/rules";

export interface LabFilters {
  /** Reference of the person, null for everyone. */
  user: string | null;
  mode: SearchMode;
  k: string;
  minImportance: string;
  maxImportance: string;
  /** Days, YYYY-MM-DD, UTC. */
  since: string;
  until: string;
  category: string;
  maxDistance: string;
}

const TEXT_FIELDS = ["minImportance", "maxImportance", "since", "until", "category", "maxDistance"] as const;

/** A value that is none of the known ones is taken as not given; numbers are judged by the server. */
export function filtersFromAddress(given: Record<string, string | string[] | undefined>): LabFilters {
  const value = (name: string) => {
    const raw = given[name];
    return ((Array.isArray(raw) ? raw[0] : raw) ?? "").slice(0, 8_192);
  };
  const texts = Object.fromEntries(TEXT_FIELDS.map((name) => [name, value(name)]));
  return {
    user: value("user") || null,
    mode: SEARCH_MODES.find((mode) => mode === value("mode")) ?? "hybrid",
    k: value("k") || String(K_DEFAULT),
    ...(texts as Record<(typeof TEXT_FIELDS)[number], string>),
  };
}

export function labAddress(filters: LabFilters, query: string): string {
  const search = new URLSearchParams();
  if (filters.user) search.set("user", filters.user);
  if (filters.mode !== "hybrid") search.set("mode", filters.mode);
  if (filters.k !== String(K_DEFAULT)) search.set("k", filters.k);
  for (const name of TEXT_FIELDS) if (filters[name]) search.set(name, filters[name]);
  const text = search.toString();
  const fragment = query === "" ? "" : `#q=${encodeURIComponent(query)}`;
  return `/search${text ? `?${text}` : ""}${fragment}`;
}

/** The query in a fragment such as `#q=meetings`, empty when there is none. */
export function queryOfFragment(fragment: string): string {
  return (new URLSearchParams(fragment.replace(/^#/, "")).get("q") ?? "").slice(0, 1_000);
}
