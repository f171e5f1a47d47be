/** One of many memories changed, and what its history says of it. */
import { SafeError } from "../../errors";
import type { Store } from "../store/store";
import { appendHistory, type Edit, type Editor, fadeHistory, moveHistory } from "./history";
import type { MemoryFacts } from "./memory-facts";
import { takeAway } from "./memory-image";
import { changeMemoryLife } from "./memory-life";
import { moveMemory } from "./move-memory";
import type { BulkChange } from "./types";
import { writeFields } from "./write-fields";

/** @returns null when it is gone, another's or another meanwhile: it is left alone then */
export async function changeOne(
  store: Store,
  userId: Buffer,
  facts: MemoryFacts,
  change: BulkChange,
  number: { next: number },
): Promise<Edit | null> {
  const memory = { category: facts.category, number: facts.number };
  try {
    switch (change.what) {
      case "importance": {
        const fields = ["importance", change.importance];
        // Based on no version: nobody's text is at stake, and the importance is what was asked for.
        const { version, ttlMs } = await writeFields(store, { userId, memory, version: "", fields });
        const after = String(change.importance);
        return {
          memory,
          version,
          ttlMs,
          changes: [{ what: "importance", before: facts.importance.raw, after }],
        };
      }
      case "category": {
        const moved = await moveMemory(store, {
          userId,
          memory,
          category: change.category,
          firstNumber: number.next,
        });
        number.next = Number(moved.to.number.toString("latin1")) + 1;
        return { memory, to: moved.to, changes: [moved.change] };
      }
      case "life": {
        const life = change.expireAtMs === null ? {} : { expireAtMs: change.expireAtMs };
        const changed = await changeMemoryLife(store, { userId, memory, ...life });
        return { memory, ttlMs: changed.result.ttlMs, changes: [changed.change] };
      }
      case "delete":
        await takeAway(store, { userId, memory, hold: false });
        return { memory, changes: [] };
    }
  } catch (error) {
    if (error instanceof SafeError && (error.code === "conflict" || error.code === "not_found")) return null;
    throw error;
  }
}

/** The history of what was changed: it fades with what was deleted, and goes along with another name. */
export async function remember(
  consoleStore: Store,
  userId: Buffer,
  by: Editor,
  { what }: BulkChange,
  edits: readonly Edit[],
): Promise<void> {
  if (what === "delete") {
    const gone = edits.map(({ memory }) => memory);
    await fadeHistory(consoleStore, userId, gone);
    return;
  }
  for (const { memory, to } of edits) if (to) await moveHistory(consoleStore, userId, memory, to);
  const now = edits.map((edit) => ({ ...edit, memory: edit.to ?? edit.memory }));
  await appendHistory(consoleStore, userId, by, "bulk", now);
}
