/**
 * What the page of recall tests remembers in its address. A question brought from the lab has its person there as a
 * reference, and its text in the fragment, which a browser sends to no server.
 */
export interface EvaluationAddress {
  set: string | null;
  page: number;
  /** Reference of the person a new question is about; null: none is being written. */
  asking: string | null;
}

type Given = Record<string, string | string[] | undefined>;

export function addressOf(given: Given): EvaluationAddress {
  const value = (name: string) => {
    const raw = given[name];
    return (Array.isArray(raw) ? raw[0] : raw) ?? "";
  };
  const set = value("set");
  const page = Number(value("page") || 1);
  return {
    set: /^[\w-]{22}$/.test(set) ? set : null,
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
    asking: value("ask").slice(0, 8_192) || null,
  };
}

export function setAddress(set: string, page = 1): string {
  return `/search/evaluation?set=${set}${page > 1 ? `&page=${page}` : ""}`;
}

/** The lab with a question of a set. */
export function labAddress(userRef: string, query: string): string {
  return `/search?user=${encodeURIComponent(userRef)}#q=${encodeURIComponent(query)}`;
}

/** The query in a fragment such as `#q=meetings`. */
export function queryOfFragment(fragment: string): string {
  return (new URLSearchParams(fragment.replace(/^#/, "")).get("q") ?? "").slice(0, 1_000);
}
