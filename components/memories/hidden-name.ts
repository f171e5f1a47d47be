import type { MemoryList } from "@/lib/redis/memories/types";

/** A stand-in of the server's for a category that may name somebody: no category to ask for. */
export function isHiddenName({ masked }: Pick<MemoryList, "masked">, category: string): boolean {
  return masked === true && category.startsWith("hidden-");
}
