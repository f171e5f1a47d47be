"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast-store";
import type { OperatorRow } from "@/lib/redis/operators/schema";
import { useSetDisabled, useSignOutOperator } from "./mutations";
import { whereWords } from "./words";

type Props = { row: OperatorRow; onClose: () => void };

export function ConfirmDisable({ row, onClose }: Props) {
  const setDisabled = useSetDisabled();
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Disable ${row.name}?`}
      body={
        row.self
          ? "This is you: your next click will find you signed out, and another administrator has to enable you again."
          : "Nothing is answered to this operator from the next click on. You can enable it again."
      }
      confirmLabel={`Disable ${row.name}`}
      onConfirm={async () => {
        await setDisabled.mutateAsync({ id: row.id, disabled: true });
        toast.success(`${row.name} is disabled`);
      }}
    />
  );
}

export function ConfirmSignOut({ row, onClose }: Props) {
  const signOut = useSignOutOperator();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Sign ${row.name} out everywhere?`}
      body={
        row.self
          ? "This browser too: you will have to sign in again."
          : "What is being typed there may be lost. The password stays as it is."
      }
      confirmLabel={`Sign out in ${whereWords(row.sessions)}`}
      onConfirm={async () => {
        const { sessions } = await signOut.mutateAsync(row.id);
        toast.success(`${row.name} was signed out in ${whereWords(sessions)}`);
      }}
    />
  );
}
