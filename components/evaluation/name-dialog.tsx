"use client";

import { type FormEvent, useState } from "react";
import { describeError } from "@/components/query/console-error";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { SET_NAME_CHARS } from "@/lib/redis/evaluation/rules";

export type NameDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  hint: string;
  submitLabel: string;
  initial: string;
  /** Closes when it resolves; when it rejects, stays open and says why. */
  onSubmit: (name: string) => Promise<void>;
};

/** A name for a set: a new one, or another. */
export function NameDialog({ open, onOpenChange, title, ...form }: NameDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} size="sm">
      <NameForm {...form} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

type NameFormProps = Pick<NameDialogProps, "hint" | "submitLabel" | "initial" | "onSubmit"> & {
  onDone: () => void;
};

/** Lives while the dialog is open. */
function NameForm({ hint, submitLabel, initial, onSubmit, onDone }: NameFormProps) {
  const [name, setName] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") return setProblem("Give it a name.");
    setPending(true);
    try {
      await onSubmit(name.trim());
      onDone();
    } catch (error) {
      const { message, hint: cure } = describeError(error);
      setProblem([message, cure].filter(Boolean).join(" "));
      setPending(false);
    }
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" hint={hint} error={problem}>
        <Input
          data-autofocus
          value={name}
          maxLength={SET_NAME_CHARS}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <FormActions onCancel={onDone} submitLabel={submitLabel} pending={pending} />
    </form>
  );
}
