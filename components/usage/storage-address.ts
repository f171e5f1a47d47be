import type { StorageSort } from "@/lib/redis/usage/schema";

const SORTS: readonly StorageSort[] = ["size", "key", "life"];

export function parseStorageAddress(given: Record<string, string | string[] | undefined>): {
  page: number;
  sort: StorageSort;
} {
  const page = /^[1-9]\d{0,4}$/.test(String(given.page)) ? Number(given.page) : 1;
  return { page, sort: SORTS.find((sort) => sort === given.sort) ?? "size" };
}

export function storageAddress(userRef: string, page: number, sort: StorageSort): string {
  const search = new URLSearchParams();
  if (sort !== "size") search.set("sort", sort);
  if (page > 1) search.set("page", String(page));
  const text = search.toString();
  return `/users/${userRef}/storage${text ? `?${text}` : ""}`;
}
