/** Which memories one change is meant for, and how that is written down for long work: sealed, for it may hold a text. */
import { SafeError } from "../../errors";
import { seal, unseal } from "../../sealed";
import type { Store } from "../store/store";
import { openBook } from "./memory-book";
import { byName, findMemories, type Judged, judgeAll, type MemoryFilter } from "./memory-filter";
import { keyOf, openMemory } from "./memory-ref";
import type { BulkChange } from "./types";
import { readUsedIndex } from "./used-index";

/** These, or all that pass a filter when it is done. */
export type BulkScope = { memories: string[] } | { filter: MemoryFilter };

export interface BulkOrder {
  scope: BulkScope;
  change: BulkChange;
}

export function sealOrder(subject: string, order: BulkOrder): string {
  return seal(`bulk\0${subject}`, JSON.stringify(order));
}

/** @throws SafeError `conflict` when it was sealed with another secret */
export function openOrder(subject: string, sealed: string): BulkOrder {
  const text = unseal(`bulk\0${subject}`, sealed);
  if (text !== null) return JSON.parse(text) as BulkOrder;
  throw new SafeError("conflict", "What this work was to do cannot be read any more.", {
    hint: "The console has another CONSOLE_SECRET now. Begin it anew.",
  });
}

/** By category and number: the order in which long work goes through them, whatever it changes. */
export async function memoriesOf(
  store: Store,
  consoleStore: Store,
  userId: Buffer,
  scope: BulkScope,
): Promise<Judged[]> {
  const [book, index] = await Promise.all([openBook(store, userId), readUsedIndex(store, consoleStore)]);
  const judgement = await judgeAll(book, index, "filter" in scope ? scope.filter : {});
  if ("filter" in scope) return (await findMemories(book, judgement, scope.filter, "name")).found;
  const meant = new Set(scope.memories.map((memory) => keyOf(userId, openMemory(memory)).toString("latin1")));
  return judgement.all
    .filter(({ facts }) => meant.has(facts.key.toString("latin1")))
    .sort((a, b) => byName(a.facts, b.facts));
}

/** Would it be another afterwards? */
export function differs({ facts }: Pick<Judged, "facts">, change: BulkChange): boolean {
  switch (change.what) {
    case "importance":
      return facts.importance.raw !== String(change.importance);
    case "category":
      return !facts.category.equals(Buffer.from(change.category));
    case "life":
      return change.expireAtMs !== null || facts.endsAtMs !== null;
    case "delete":
      return true;
  }
}
