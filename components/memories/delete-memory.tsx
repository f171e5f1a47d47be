"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { MaskedText } from "@/components/ui/masked-text";
import { VisibleText } from "@/components/ui/visible-text";
import type { MemoryDetail } from "@/lib/redis/memories/types";
import { useDeleteMemory, useOfferUndo } from "./mutations";

export type DeleteMemoryProps = {
  userRef: string;
  memory: MemoryDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDeleted: () => void;
  /** While it is true the memory is not looked at: it may be gone. */
  onLeaving: (leaving: boolean) => void;
};

/** As undo-record.ts and memory-image.ts have it: more than this is not held. */
const HELD_BYTES = 4_000_000;
const HELD_FIELDS = 1_000;

export function DeleteMemory(props: DeleteMemoryProps) {
  const { userRef, memory, open, onOpenChange, onDeleted, onLeaving } = props;
  const { mutateAsync, isPending } = useDeleteMemory(userRef, onDeleted);
  const offerUndo = useOfferUndo(userRef);
  const bytes = memory.fields.reduce((sum, field) => sum + field.bytes, 0);
  const isHeld = bytes < HELD_BYTES && memory.fieldCount <= HELD_FIELDS;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      danger
      title="Delete this memory?"
      confirmLabel="Delete 1 memory"
      pending={isPending}
      body={
        <div className="flex flex-col gap-3">
          {memory.content === "" ? null : (
            <blockquote className="max-h-40 overflow-y-auto border-l-2 pl-3 text-fg">
              {memory.masked ? (
                <MaskedText text={memory.content.slice(0, 600)} />
              ) : (
                <VisibleText text={memory.content} limit={600} />
              )}
            </blockquote>
          )}
          <p>
            One key is taken away, with its text and embedding, and the history of its edits here. The
            assistant does not find it any more.{" "}
            {isHeld
              ? "For ten seconds it can be undone."
              : "It is too large to be held: this cannot be undone."}
          </p>
        </div>
      }
      onConfirm={async () => {
        onLeaving(true);
        const { undo } = await mutateAsync({
          memory: memory.ref,
          ...(memory.version === null ? {} : { version: memory.version }),
        }).catch((error: unknown) => {
          onLeaving(false);
          throw error;
        });
        offerUndo(`Memory ${memory.category} ${memory.number} is deleted`, undo);
      }}
    />
  );
}
