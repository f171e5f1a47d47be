"use client";

import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatDateTime } from "@/lib/format";
import type { MemoryDetail } from "@/lib/redis/memories/types";
import { FIRST_CHOICE, LifeFields, lifeOf } from "./life-fields";
import { useOfferUndo, useSetLife } from "./mutations";

export type LifeDialogProps = { userRef: string; memory: MemoryDetail; onClose: () => void };

/** An end for a memory, another one, or none. */
export function LifeDialog({ userRef, memory, onClose }: LifeDialogProps) {
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const [openedAtMs] = useState(() => Date.now());
  const { mutateAsync, isPending } = useSetLife(userRef);
  const offerUndo = useOfferUndo(userRef);
  const end = lifeOf(choice, openedAtMs);
  const problem = "problem" in end ? end.problem : undefined;
  const never = "never" in end;

  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="How long shall it live?"
      confirmLabel={never ? "Take its end away" : "Set this life"}
      pending={isPending}
      body={
        <div className="flex flex-col gap-3">
          <LifeFields value={choice} onChange={setChoice} problem={problem} />
          {never ? (
            <Callout
              tone="warn"
              title={memory.ttlMs === null ? "It has no end already" : "It will stay for good"}
            >
              A memory without an end is kept until somebody deletes it, or erases the person.
            </Callout>
          ) : (
            <p>
              Then Redis deletes the memory by itself, with its text and embedding
              {memory.ttlMs === null ? "." : "; this end replaces the one it has now."} The history of its
              edits here ends with it.
            </p>
          )}
        </div>
      }
      onConfirm={async () => {
        if ("problem" in end) throw new Error(end.problem);
        const life = never ? {} : end;
        const { ttlMs, nowMs, undo } = await mutateAsync({ memory: memory.ref, ...life });
        const words =
          ttlMs === null ? "It has no end now" : `It ends ${formatDateTime(nowMs + ttlMs, "local")}`;
        offerUndo(words, undo);
      }}
    />
  );
}
