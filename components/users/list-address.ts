import type { SortDirection, UserSort } from "@/lib/redis/users/schema";
import type { UserListParams } from "./queries";

/**
 * The directory's address: what is listed stands in it, so that it can be linked to and gone back to. What is looked
 * for may be somebody's id: it stands in the fragment, which a browser sends to no server.
 */

const SORTS: readonly UserSort[] = ["last-activity", "bytes", "memories", "sessions", "id"];

export const FIRST_PAGE: UserListParams = {
  query: "",
  sort: "last-activity",
  direction: null,
  cursor: null,
};

type Given = Record<string, string | string[] | undefined> | URLSearchParams;

/**
 * A value that is none of the known ones is taken as not given.
 * @param fragment such as `#q=alice`; a server never has it
 */
export function parseListAddress(given: Given, fragment = ""): UserListParams {
  const value = (name: string): string | null => {
    const raw = given instanceof URLSearchParams ? given.get(name) : given[name];
    return (Array.isArray(raw) ? raw[0] : raw) ?? null;
  };
  const direction = value("direction");
  return {
    query: (new URLSearchParams(fragment.replace(/^#/, "")).get("q") ?? "").slice(0, 2_000),
    sort: SORTS.find((sort) => sort === value("sort")) ?? FIRST_PAGE.sort,
    direction: direction === "asc" || direction === "desc" ? direction : null,
    cursor: value("cursor"),
  };
}

export function listAddress(params: UserListParams): string {
  const search = new URLSearchParams();
  if (params.sort !== FIRST_PAGE.sort) search.set("sort", params.sort);
  if (params.direction) search.set("direction", params.direction);
  if (params.cursor) search.set("cursor", params.cursor);
  const text = search.toString();
  const fragment = params.query ? `#q=${encodeURIComponent(params.query)}` : "";
  return `/users${text ? `?${text}` : ""}${fragment}`;
}

/** The direction in force. */
export function directionOf({ sort, direction }: UserListParams): SortDirection {
  return direction ?? (sort === "id" ? "asc" : "desc");
}

/** The address a column's head leads to: the other direction where it is the sorted one, its own order otherwise. */
export function sortAddress(params: UserListParams, sort: UserSort): string {
  const turned = directionOf(params) === "asc" ? "desc" : "asc";
  return listAddress({ ...params, sort, direction: sort === params.sort ? turned : null, cursor: null });
}
