"use client";

import { type FormEvent, useState } from "react";
import { Failure, fieldError } from "@/components/query/failure";
import { Dialog } from "@/components/ui/dialog";
import { FormActions } from "@/components/ui/form-actions";
import type { OperatorRow } from "@/lib/redis/operators/schema";
import { useResetPassword } from "./mutations";
import { PasswordChoice } from "./password-choice";
import { PasswordShown } from "./password-shown";

export function ResetPassword({ row, onClose }: { row: OperatorRow; onClose: () => void }) {
  const reset = useResetPassword();
  return (
    <Dialog
      open
      onOpenChange={(open) => (open || reset.isPending ? undefined : onClose())}
      title={reset.data ? `A new password for ${row.name}` : `Reset the password of ${row.name}?`}
      description={
        reset.data ? undefined : "The old one is worth nothing any more, and every browser is signed out."
      }
      size="sm"
    >
      {reset.data ? (
        <PasswordShown made={reset.data} onClose={onClose} />
      ) : (
        <ResetForm row={row} reset={reset} onClose={onClose} />
      )}
    </Dialog>
  );
}

type ResetFormProps = { row: OperatorRow; reset: ReturnType<typeof useResetPassword>; onClose: () => void };

function ResetForm({ row, reset, onClose }: ResetFormProps) {
  const [password, setPassword] = useState<string | null>(null);

  function send(event: FormEvent) {
    event.preventDefault();
    reset.mutate({ id: row.id, password });
  }

  return (
    <form onSubmit={send} className="flex flex-col gap-4" noValidate>
      <PasswordChoice value={password} onChange={setPassword} error={fieldError(reset.error, "password")} />
      <Failure error={reset.error} fields={["password"]} />
      <FormActions onCancel={onClose} focusCancel submitLabel="Reset it" danger pending={reset.isPending} />
    </form>
  );
}
