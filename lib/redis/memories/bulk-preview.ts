/** What one change of many memories would do, before it is done. */
import type { SafeError } from "../../errors";
import type { Store } from "../store/store";
import { type BulkOrder, differs, memoriesOf } from "./bulk-scope";
import { nextNumber, numberOf, requireMemoryKey } from "./create-memory";
import { summarize } from "./list-memories";
import type { Judged } from "./memory-filter";
import { requireFuture } from "./memory-life";
import { keyOf } from "./memory-ref";
import { moveRefusal } from "./move-memory";
import type { BulkPreview } from "./types";

const EXAMPLES = 5;

/** @throws SafeError `invalid_input` for a category that makes no key, or an end that is over */
export async function previewBulk(
  store: Store,
  consoleStore: Store,
  { userId, scope, change }: BulkOrder & { userId: Buffer },
): Promise<BulkPreview> {
  requirePossible(userId, change);
  const meant = await memoriesOf(store, consoleStore, userId, scope);
  const changed = meant.filter((memory) => differs(memory, change));
  const refusal =
    change.what === "category" ? await categoryRefusal(store, userId, changed, change.category) : null;
  return {
    count: meant.length,
    changes: changed.length,
    examples: await summarize(store, changed.slice(0, EXAMPLES)),
    refusal: refusal && [refusal.message, refusal.details.hint].filter(Boolean).join(" "),
    readAtMs: Date.now(),
  };
}

/** @throws SafeError `invalid_input` for what no memory of this person could become */
export function requirePossible(userId: Buffer, change: BulkOrder["change"]): void {
  if (change.what === "category") requireMemoryKey(userId, Buffer.from(change.category));
  if (change.what === "life") requireFuture(change.expireAtMs ?? undefined);
}

async function categoryRefusal(
  store: Store,
  userId: Buffer,
  changed: readonly Judged[],
  category: string,
): Promise<SafeError | null> {
  const [first] = changed;
  if (!first) return null;
  const to = Buffer.from(category);
  const number = numberOf(await nextNumber(store, userId, to));
  return moveRefusal(store, first.facts.key, keyOf(userId, { category: to, number }));
}
