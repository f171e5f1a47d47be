"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast-store";
import { formatCount } from "@/lib/format";
import type { WindowState } from "@/lib/redis/rate-limits/schema";
import { countText } from "./limit-words";
import { useResetWindow } from "./mutations";

export type ResetDialogProps = { userRef: string; window: WindowState; open: boolean; onClose: () => void };

export function ResetDialog({ userRef, window, open, onClose }: ResetDialogProps) {
  const reset = useResetWindow(userRef);
  const counted = window.count === null ? "the counter" : `${countText(window)} requests`;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Reset the ${window.name} counter?`}
      body={
        <>
          {window.count === null ? "The counter is" : `${counted} are`} taken away, and the next request
          begins a new window with 1. The other windows keep counting: a block by another window stays.
        </>
      }
      confirmLabel={`Take ${counted} away`}
      onConfirm={async () => {
        const { removed, oldCount } = await reset.mutateAsync(window.name);
        if (!removed) toast(`The ${window.name} counter had ended by itself`);
        else {
          toast.success(
            oldCount === null || !Number.isSafeInteger(oldCount)
              ? `The ${window.name} counter was taken away`
              : `The ${window.name} counter was reset from ${formatCount(oldCount)}`,
          );
        }
      }}
    />
  );
}
