"use client";

import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import type { WindowState } from "@/lib/redis/rate-limits/schema";
import { SetLimitForm } from "./set-limit-form";

export type SetLimitDialogProps = {
  userRef: string;
  window: WindowState;
  /** What others wrote of this person is hidden from this operator. */
  masked: boolean;
  open: boolean;
  onClose: () => void;
};

/** The form lives only while the dialog is open, so that what was typed does not outlive it. */
export function SetLimitDialog({ userRef, window, masked, open, onClose }: SetLimitDialogProps) {
  const [begun, setBegun] = useState(0);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Requests per ${window.name}`}
      description="Kept by this console and used wherever it counts or judges. An assistant that has a limit of its own keeps that."
    >
      <SetLimitForm
        key={begun}
        userRef={userRef}
        window={window}
        masked={masked}
        onDone={onClose}
        onBeginAgain={() => setBegun(begun + 1)}
      />
    </Dialog>
  );
}
