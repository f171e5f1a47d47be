"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast-store";
import { VisibleText } from "@/components/ui/visible-text";
import type { MemoryDetail } from "@/lib/redis/memories/types";
import { useDeleteMemory } from "./mutations";

export type DeleteMemoryProps = {
  userRef: string;
  memory: MemoryDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDeleted: () => void;
};

export function DeleteMemory({ userRef, memory, open, onOpenChange, onDeleted }: DeleteMemoryProps) {
  const { mutateAsync, isPending } = useDeleteMemory(userRef);
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
              <VisibleText text={memory.content} limit={600} />
            </blockquote>
          )}
          <p>
            One key is taken away, with its text and embedding. The assistant does not find it any more. This
            cannot be undone.
          </p>
        </div>
      }
      onConfirm={async () => {
        await mutateAsync({ memory: memory.ref });
        toast.success(`Memory ${memory.category} ${memory.number} is deleted`);
        onDeleted();
      }}
    />
  );
}
