"use client";

import { type FormEvent, useState } from "react";
import { Failure } from "@/components/query/failure";
import { ROLE_WORD } from "@/components/shell/role-words";
import { Dialog } from "@/components/ui/dialog";
import { FormActions } from "@/components/ui/form-actions";
import { toast } from "@/components/ui/toast-store";
import type { OperatorRow } from "@/lib/redis/operators/schema";
import { useChangeRole } from "./mutations";
import { RoleField } from "./role-field";

export function ChangeRole({ row, onClose }: { row: OperatorRow; onClose: () => void }) {
  const change = useChangeRole();
  const [role, setRole] = useState(row.role);
  // What was looked at when the dialog opened, though the list goes on.
  const [from] = useState(row.role);

  function send(event: FormEvent) {
    event.preventDefault();
    change.mutate(
      { id: row.id, from, role },
      {
        onSuccess: () => {
          toast.success(`The role of ${row.name} is ${ROLE_WORD[role]} now`);
          onClose();
        },
      },
    );
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => (open || change.isPending ? undefined : onClose())}
      title={`Role of ${row.name}`}
      description="It counts from the next click on; nobody is signed out."
      size="sm"
    >
      <form onSubmit={send} className="flex flex-col gap-4">
        <RoleField value={role} onChange={setRole} />
        {row.self && role !== "admin" ? (
          <p className="text-sm text-warn-fg">This is you: you could not come back to this page.</p>
        ) : null}
        <Failure error={change.error} />
        <FormActions
          onCancel={onClose}
          focusCancel
          submitLabel="Change the role"
          disabled={role === from}
          pending={change.isPending}
        />
      </form>
    </Dialog>
  );
}
