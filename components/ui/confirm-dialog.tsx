"use client";

import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Callout } from "./callout";
import { Dialog } from "./dialog";
import { FormActions } from "./form-actions";
import { Input } from "./input";

export type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  body?: ReactNode;
  /** Says what will be done to how much: "Erase 103 keys of this user". */
  confirmLabel: string;
  cancelLabel?: string;
  danger?: boolean;
  /** The exact text to type before the button works. */
  requireText?: string;
  requireLabel?: ReactNode;
  /** Closes when it resolves; when it rejects, stays open and says why. */
  onConfirm: () => Promise<void> | void;
  pending?: boolean;
};

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title } = props;
  const [busy, setBusy] = useState(false);
  const pending = busy || Boolean(props.pending);
  return (
    <Dialog
      open={open}
      // While it is under way there is nothing to cancel: closing would only hide the outcome.
      onOpenChange={(next) => (pending ? undefined : onOpenChange(next))}
      title={title}
    >
      <Confirm {...props} pending={pending} setBusy={setBusy} />
    </Dialog>
  );
}

/** Lives only while the dialog is open, so that the typed text and the last failure do not outlive it. */
function Confirm(props: ConfirmDialogProps & { setBusy: (busy: boolean) => void }) {
  const { body, confirmLabel, cancelLabel = "Cancel", danger, requireText, requireLabel, pending } = props;
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<{ title: string; text: string } | null>(null);
  const field = useId();
  const allowed = requireText === undefined || typed === requireText;

  async function confirm(event: FormEvent) {
    event.preventDefault();
    if (!allowed || pending) return;
    props.setBusy(true);
    setFailure(null);
    try {
      await props.onConfirm();
      props.onOpenChange(false);
    } catch (error) {
      setFailure(describeFailure(error));
    } finally {
      props.setBusy(false);
    }
  }

  return (
    <form onSubmit={confirm} className="flex flex-col gap-4">
      {body ? <div className="text-sm text-fg-muted">{body}</div> : null}
      {requireText === undefined ? null : (
        <div className="flex flex-col gap-1.5 text-sm">
          <label htmlFor={field}>
            {requireLabel ?? (
              <>
                Type <bdi className="font-mono font-medium break-all">{requireText}</bdi> to confirm
              </>
            )}
          </label>
          <Input
            id={field}
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            className="font-mono"
          />
        </div>
      )}
      {failure ? (
        <Callout tone="danger" title={failure.title}>
          {failure.text}
        </Callout>
      ) : null}
      <FormActions
        onCancel={() => props.onOpenChange(false)}
        cancelLabel={cancelLabel}
        focusCancel={requireText === undefined}
        submitLabel={confirmLabel}
        danger={danger}
        disabled={!allowed}
        pending={pending}
      />
    </form>
  );
}

/** A lost answer leaves the outcome open: saying "not done" would invite a second try. */
function describeFailure(error: unknown): { title: string; text: string } {
  const text = error instanceof Error ? error.message : "It failed, and no reason was given.";
  const isUnknown = (error as { code?: unknown } | null)?.code === "outcome_unknown";
  return { title: isUnknown ? "It is not known whether it was done" : "It was not done", text };
}
