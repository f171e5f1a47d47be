import { useState } from "react";
import { formatCount } from "@/lib/format";

/**
 * How many a change of many is meant for follows what is in the store while the dialog is open, and so does the number
 * that is typed: whoever looked at another one is told.
 * @param first how many it was meant for when this change was first looked at
 * @returns null while nothing moved
 */
export function movedWords(first: number, now: number): string | null {
  if (first === now) return null;
  return `It was ${formatCount(first)} when this was opened: memories ${now > first ? "came" : "went"} meanwhile, and now it is ${formatCount(now)}.`;
}

/** What is said once the number is another than when this change was first looked at. */
export function useMoved(input: string, changes: number | undefined): string | null {
  const [first, setFirst] = useState<{ input: string; changes: number } | null>(null);
  if (changes === undefined) return null;
  if (first?.input !== input) {
    setFirst({ input, changes });
    return null;
  }
  return movedWords(first.changes, changes);
}
