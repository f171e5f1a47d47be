/** What is shown of changes to those who may not see what memories say. */
import { MASK, type Masker, maskName, maskText } from "../../masking";
import { openRef } from "../../refs";
import type { HistoryEntry, MemoryChange, MemoryHistory } from "./history-schema";
import { maskSummary } from "./mask";
import type { BulkPreview, Duplicates } from "./types";

interface OfUser {
  ref: string;
}

export function maskHistory(history: MemoryHistory, masker: Masker, { ref }: OfUser): MemoryHistory {
  if (!masker.hides(ref)) return history;
  const owner = openRef("user", ref);
  return {
    entries: history.entries.map(
      ({ atMs, by, byId, deed, changes }): HistoryEntry => ({
        ...{ atMs, by, byId, deed },
        changes: changes.map((change) => ({
          what: change.what,
          before: maskValue(change.what, change.before, owner),
          after: maskValue(change.what, change.after, owner),
        })),
      }),
    ),
    changedElsewhere: history.changedElsewhere,
    masked: true,
  };
}

function maskValue(what: MemoryChange["what"], value: string | null, owner: Buffer): string | null {
  if (value === null) return null;
  switch (what) {
    case "content":
      return maskText(value);
    case "importance":
      return /^([1-9]|10)$/.test(value) ? value : MASK;
    case "life":
      return /^\d{1,15}$/.test(value) ? value : MASK;
    case "category":
      return value
        .split(" ")
        .map((word) => maskName(word, owner))
        .join(" ");
    default:
      return MASK;
  }
}

export function maskDuplicates(duplicates: Duplicates, masker: Masker, { ref }: OfUser): Duplicates {
  if (!masker.hides(ref)) return duplicates;
  const owner = openRef("user", ref);
  const { groupCount, surplus, total, vectorsCompared, vectorsLeftOut, vectorsUntold, threshold } =
    duplicates;
  return {
    groups: duplicates.groups.map(({ memories, count, leastSimilarity }) => ({
      // The version is a digest over the content: whoever guesses the text could see that it is right.
      memories: memories.map((memory) => ({ ...maskSummary(memory, owner), version: null })),
      count,
      leastSimilarity,
    })),
    ...{ groupCount, surplus, total, vectorsCompared, vectorsLeftOut, vectorsUntold, threshold },
    masked: true,
  };
}

export function maskBulkPreview(preview: BulkPreview, masker: Masker, { ref }: OfUser): BulkPreview {
  if (!masker.hides(ref)) return preview;
  const owner = openRef("user", ref);
  const { count, changes, refusal, readAtMs } = preview;
  return {
    ...{ count, changes, refusal, readAtMs },
    examples: preview.examples.map((memory) => maskSummary(memory, owner)),
    masked: true,
  };
}
