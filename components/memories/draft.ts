import { IMPORTANCE_MAX, IMPORTANCE_MIN } from "@/lib/redis/memories/rules";
import type { MemoryDetail } from "@/lib/redis/memories/types";

type Edited = Pick<MemoryDetail, "editableContent" | "importance">;

/** What the edit form holds. */
export interface Draft {
  content: string;
  importance: number;
  /** The stored text cannot be shown in the form: another one takes its place. */
  replacing: boolean;
}

export function draftOf({ editableContent, importance }: Edited): Draft {
  const whole = Math.round(importance.value ?? 5);
  return {
    content: editableContent ?? "",
    importance: Math.min(IMPORTANCE_MAX, Math.max(IMPORTANCE_MIN, whole)),
    replacing: false,
  };
}

/** The text that the draft's is compared with; null when there is none to edit. */
export function textBefore({ editableContent }: Edited, { replacing }: Draft): string | null {
  return editableContent ?? (replacing ? "" : null);
}

/** Would a save write this text? */
export function changesText(memory: Edited, draft: Draft): boolean {
  const before = textBefore(memory, draft);
  return before !== null && draft.content !== before;
}

export function changesImportance({ importance }: Edited, draft: Draft): boolean {
  return String(draft.importance) !== importance.raw;
}

/**
 * The draft on top of what somebody else saved meanwhile: what was typed and chosen stays, and what was left as it was
 * becomes theirs, so that saving does not take their change back.
 */
export function rebased(draft: Draft, from: Edited, onto: Edited): Draft {
  const theirs = draftOf(onto);
  const isTyped = changesText(from, draft);
  const isChosen = draft.importance !== draftOf(from).importance;
  return {
    content: isTyped ? draft.content : theirs.content,
    importance: isChosen ? draft.importance : theirs.importance,
    replacing: isTyped && onto.editableContent === null,
  };
}
