"use client";

import { type FormEvent, useState } from "react";
import { ConsoleError, describeError } from "@/components/query/console-error";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input, Select } from "@/components/ui/input";
import { VisibleText } from "@/components/ui/visible-text";
import type { ClassCounts, ErasureGround, ErasurePreview } from "@/lib/redis/erasure/schema";
import { Goes, Stays } from "./goes-and-stays";
import { GROUNDS, goalText } from "./words";

/** As the server's rule. */
const TICKET_CHARS = 64;

type Props = {
  open: boolean;
  onClose: () => void;
  preview: ErasurePreview;
  /** What will go, ticked keys included. */
  plan: ClassCounts;
  /** Settles when the run has begun. */
  onErase: (confirmed: Confirmed) => Promise<void>;
};

/** What an officer says before anything goes. */
export type Confirmed = { typedId: string; ground: ErasureGround; ticket: string };

export function EraseDialog(props: Props) {
  const [pending, setPending] = useState(false);
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => (open || pending ? undefined : props.onClose())}
      title={`Erase ${goalText(props.plan)} of this user?`}
      description="This cannot be undone. Nothing is copied anywhere first."
    >
      <EraseForm {...props} pending={pending} setPending={setPending} />
    </Dialog>
  );
}

/** Lives only while the dialog is open, so that a typed id does not outlive it. */
function EraseForm(props: Props & { pending: boolean; setPending: (pending: boolean) => void }) {
  const { preview, plan, pending, setPending } = props;
  const [typed, setTyped] = useState("");
  const [ground, setGround] = useState<ErasureGround | "">("");
  const [ticket, setTicket] = useState("");
  const [failure, setFailure] = useState<unknown>(null);
  const exact = typed === preview.user;
  const ready = exact && ground !== "" && ticket.trim() !== "";
  const refused = failure instanceof ConsoleError && failure.field === "ticket" ? failure : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!exact || ground === "" || !ready || pending) return;
    setPending(true);
    setFailure(null);
    try {
      await props.onErase({ typedId: typed, ground, ticket: ticket.trim() });
      props.onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setPending(false);
    }
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <Goes plan={plan} />
        <Stays preview={preview} plan={plan} />
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Legal ground, Art. 17(1) GDPR">
          <Select
            required
            value={ground}
            onChange={(event) => setGround(event.target.value as ErasureGround | "")}
          >
            <option value="">Choose one</option>
            {GROUNDS.map(([letter, words]) => (
              <option key={letter} value={letter}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label="Ticket"
          hint="Kept in the audit log, so without the id or the name."
          error={refused ? `${refused.message} ${refused.hint ?? ""}` : undefined}
        >
          <Input
            required
            value={ticket}
            maxLength={TICKET_CHARS}
            placeholder="DSR-2026-014"
            onChange={(event) => setTicket(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      </div>
      <Field
        label={
          <>
            Type{" "}
            <span className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-fg break-all">
              <VisibleText inline text={preview.user} />
            </span>{" "}
            to confirm
          </>
        }
        hint={typed !== "" && !exact ? "Not yet the same: upper and lower case and spaces count." : undefined}
      >
        <Input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      {failure && !refused ? <Failure error={failure} /> : null}
      <FormActions
        onCancel={props.onClose}
        focusCancel
        submitLabel={`Erase ${goalText(plan)}`}
        danger
        disabled={!ready}
        pending={pending}
      />
    </form>
  );
}

function Failure({ error }: { error: unknown }) {
  const { message, hint } = describeError(error);
  const open = error instanceof ConsoleError && error.code === "outcome_unknown";
  return (
    <Callout tone="danger" title={open ? "It is not known whether it was started" : "It was not started"}>
      {message} {hint}
    </Callout>
  );
}
