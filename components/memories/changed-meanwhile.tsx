import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { MemoryDetail } from "@/lib/redis/memories/types";
import { TextDiff } from "./text-diff";

export type ChangedMeanwhileProps = {
  /** As it was when editing began. */
  from: MemoryDetail;
  /** As it is now. */
  to: MemoryDetail;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
};

/** What somebody else saved while this form was open, before anything is decided about it. */
export function ChangedMeanwhile({ from, to, onKeepMine, onTakeTheirs }: ChangedMeanwhileProps) {
  const isEditable = to.version !== null;
  const textChanged = from.content !== to.content || from.editableContent !== to.editableContent;
  const importanceChanged = from.importance.raw !== to.importance.raw;
  return (
    <Callout
      tone="warn"
      title="Somebody changed this memory since you began"
      action={
        isEditable ? (
          <span className="flex flex-wrap gap-2">
            <Button size="sm" variant="primary" onClick={onKeepMine}>
              Keep what I typed
            </Button>
            <Button size="sm" onClick={onTakeTheirs}>
              Take theirs
            </Button>
          </span>
        ) : undefined
      }
    >
      <div className="flex flex-col gap-2">
        <p>
          {isEditable
            ? "Saving waits until you choose. What you typed is kept on top of their change, or theirs takes its place."
            : "It cannot be edited here any more. What you typed is still here to be copied."}
        </p>
        {textChanged && from.editableContent !== null && to.editableContent !== null ? (
          <section aria-label="What they changed">
            <TextDiff before={from.editableContent} after={to.editableContent} />
          </section>
        ) : null}
        {textChanged && to.editableContent === null && isEditable ? (
          <p>Their text is too long for this form, or no text.</p>
        ) : null}
        {importanceChanged ? (
          <p>
            Importance {from.importance.raw ?? "none"} → {to.importance.raw ?? "none"}
          </p>
        ) : null}
        {isEditable && !textChanged && !importanceChanged ? <p>They changed its timestamp.</p> : null}
      </div>
    </Callout>
  );
}
