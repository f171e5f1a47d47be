/**
 * The lab's state in the address: settings, filters, and what they are compared with. The person and a memory that was
 * expected stand there as references. What is looked for stands in the fragment, which a browser sends to no server: it
 * may be personal.
 */
import { DEFAULT_DRAFT, type SettingsDraft, settingsFromAddress, settingsToAddress } from "./settings-draft";

export interface LabFilters {
  /** Reference of the person, null for everyone. */
  user: string | null;
  /** Reference of a memory of this person that was expected. */
  memory: string | null;
  minImportance: string;
  maxImportance: string;
  /** Days, YYYY-MM-DD, UTC. */
  since: string;
  until: string;
  category: string;
  settings: SettingsDraft;
  /** Settings to compare with. */
  other: SettingsDraft | null;
}

const TEXT_FIELDS = ["minImportance", "maxImportance", "since", "until", "category"] as const;
/** Before the names of the settings compared with. */
const OTHER = "b.";

/** A value that is none of the known ones is taken as not given; numbers are judged when they are used. */
export function filtersFromAddress(given: Record<string, string | string[] | undefined>): LabFilters {
  const value = (name: string) => {
    const raw = given[name];
    return ((Array.isArray(raw) ? raw[0] : raw) ?? "").slice(0, 8_192);
  };
  const texts = Object.fromEntries(TEXT_FIELDS.map((name) => [name, value(name)]));
  const compared = value("compare") === "1";
  return {
    user: value("user") || null,
    memory: value("memory") || null,
    ...(texts as Record<(typeof TEXT_FIELDS)[number], string>),
    settings: settingsFromAddress(value),
    other: compared ? settingsFromAddress((name) => value(`${OTHER}${name}`)) : null,
  };
}

export const NO_FILTERS: LabFilters = {
  ...(Object.fromEntries(TEXT_FIELDS.map((name) => [name, ""])) as Record<
    (typeof TEXT_FIELDS)[number],
    string
  >),
  user: null,
  memory: null,
  settings: DEFAULT_DRAFT,
  other: null,
};

export function labAddress(filters: LabFilters, query: string): string {
  const search = new URLSearchParams();
  if (filters.user) search.set("user", filters.user);
  if (filters.memory) search.set("memory", filters.memory);
  for (const [name, text] of settingsToAddress(filters.settings)) search.set(name, text);
  for (const name of TEXT_FIELDS) if (filters[name]) search.set(name, filters[name]);
  if (filters.other) {
    search.set("compare", "1");
    for (const [name, text] of settingsToAddress(filters.other)) search.set(`${OTHER}${name}`, text);
  }
  const text = search.toString();
  const fragment = query === "" ? "" : `#q=${encodeURIComponent(query)}`;
  return `/search${text ? `?${text}` : ""}${fragment}`;
}

/** Where the lab says why a memory was not found. */
export function whyAddress(userRef: string, memoryRef: string, query = ""): string {
  return labAddress({ ...NO_FILTERS, user: userRef, memory: memoryRef }, query);
}

/** Where a question becomes a recall test: its text in the fragment. */
export function testAddress(userRef: string, query: string): string {
  return `/search/evaluation?ask=${encodeURIComponent(userRef)}#q=${encodeURIComponent(query)}`;
}

/** The query in a fragment such as `#q=meetings`, empty when there is none. */
export function queryOfFragment(fragment: string): string {
  return (new URLSearchParams(fragment.replace(/^#/, "")).get("q") ?? "").slice(0, 1_000);
}
