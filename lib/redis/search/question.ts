/** What came over the wire → the question, with the person opened from a reference or read as typed. */
import type { z } from "zod";
import { parseDisplayed } from "../../bytes";
import { openRef } from "../../refs";
import { type SearchQuestion, settingsOf } from "../recall/question";
import type { searchInput } from "./schema";

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
