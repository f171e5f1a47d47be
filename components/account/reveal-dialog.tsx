"use client";

import { type FormEvent, useState } from "react";
import { ConsoleError, describeError } from "@/components/query/console-error";
import { useOperator } from "@/components/shell/operator";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { useReveal } from "./mutations";

type RevealDialogProps = { userRef: string; open: boolean; onOpenChange: (open: boolean) => void };

export function RevealDialog({ userRef, open, onOpenChange }: RevealDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Reveal this person’s data"
      description="Messages, memories and the id become readable for you, for 15 minutes. It is written into the audit log."
      size="sm"
    >
      <Reason userRef={userRef} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Reason({ userRef, onDone }: { userRef: string; onDone: () => void }) {
  const { can } = useOperator();
  const reveal = useReveal();
  const [reason, setReason] = useState("");
  const demanded = !can("reveal.without-reason");
  const { message, hint } = describeError(reveal.error);
  const isField = reveal.error instanceof ConsoleError && reveal.error.field === "reason";

  function send(event: FormEvent) {
    event.preventDefault();
    reveal.mutate({ ref: userRef, reason }, { onSuccess: onDone });
  }

  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <Field
        label={demanded ? "Reason" : "Reason (optional)"}
        hint="For example a ticket’s number. Not the person’s name or id: it is kept."
        error={isField ? message : undefined}
      >
        <Input
          data-autofocus
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      {reveal.isError && !isField ? (
        <Callout tone="danger" title={message}>
          {hint}
        </Callout>
      ) : null}
      <FormActions
        onCancel={onDone}
        cancelLabel="Keep it masked"
        submitLabel="Reveal for 15 minutes"
        pending={reveal.isPending}
      />
    </form>
  );
}
