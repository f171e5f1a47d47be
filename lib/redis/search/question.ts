/** What came over the wire → the question, with the person opened from a reference or read as typed. */
import type { z } from "zod";
import { parseDisplayed } from "../../bytes";
import { SafeError } from "../../errors";
import { openRef } from "../../refs";
import { type SearchQuestion, settingsOf } from "../recall/question";
import type { MemoryName } from "../recall/why-facts";
import type { searchInput, whyInput } from "./schema";

export function questionOf(input: z.output<typeof searchInput>): SearchQuestion {
  const typed = input.userTyped ?? "";
  const byRef = input.userRef ? openRef("user", input.userRef) : null;
  return {
    ...settingsOf(input),
    userId: byRef ?? (typed === "" ? null : parseDisplayed(typed)),
    query: input.query,
    vector: input.vector ?? null,
    byteOrder: input.byteOrder,
    minImportance: input.minImportance ?? null,
    maxImportance: input.maxImportance ?? null,
    since: input.since ?? null,
    until: input.until ?? null,
    category: input.category || null,
  };
}

/** The memory of a reference: category and number, neither of which holds a `:`. */
export function expectedMemory({ userRef, memoryRef }: z.output<typeof whyInput>): MemoryName {
  const bytes = openRef("memory", memoryRef);
  const at = bytes.indexOf(":");
  if (at < 1 || at === bytes.length - 1) {
    throw new SafeError("not_found", "This link does not name a memory.");
  }
  const userId = openRef("user", userRef);
  return { userId, category: bytes.subarray(0, at), number: bytes.subarray(at + 1) };
}
