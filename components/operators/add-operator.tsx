"use client";

import { type FormEvent, useState } from "react";
import { Failure, fieldError } from "@/components/query/failure";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import type { Role } from "@/lib/auth/permissions";
import { useAddOperator } from "./mutations";
import { PasswordChoice } from "./password-choice";
import { PasswordShown } from "./password-shown";
import { RoleField } from "./role-field";

export function AddOperator({ onClose }: { onClose: () => void }) {
  const add = useAddOperator();
  const made = add.data;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open || add.isPending ? undefined : onClose())}
      title={made ? `${made.name} may sign in` : "Add an operator"}
      size="sm"
    >
      {made ? <PasswordShown made={made} onClose={onClose} /> : <AddForm add={add} onClose={onClose} />}
    </Dialog>
  );
}

function AddForm({ add, onClose }: { add: ReturnType<typeof useAddOperator>; onClose: () => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("support");
  const [password, setPassword] = useState<string | null>(null);

  function send(event: FormEvent) {
    event.preventDefault();
    add.mutate({ name, role, password });
  }

  return (
    <form onSubmit={send} className="flex flex-col gap-4" noValidate>
      <Field label="Name" hint="What is typed to sign in." error={fieldError(add.error, "name")}>
        <Input
          data-autofocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <RoleField value={role} onChange={setRole} />
      <PasswordChoice value={password} onChange={setPassword} error={fieldError(add.error, "password")} />
      <Failure error={add.error} fields={["name", "password"]} />
      <FormActions onCancel={onClose} submitLabel="Add" pending={add.isPending} />
    </form>
  );
}
