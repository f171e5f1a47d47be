"use client";

import { type FormEvent, useState } from "react";
import { describeError } from "@/components/query/console-error";
import { Callout } from "@/components/ui/callout";
import { serverNow, useClock } from "@/components/ui/clock";
import { Dialog } from "@/components/ui/dialog";
import { FormActions } from "@/components/ui/form-actions";
import { toast } from "@/components/ui/toast-store";
import { formatCount } from "@/lib/format";
import type { WindowState } from "@/lib/redis/rate-limits/schema";
import { ReasonField } from "./form-fields";
import { timeLeft } from "./limit-words";
import { useSetLimitOverride } from "./mutations";
import { raisedLimit, reasonError } from "./set-limit-input";

const HOUR_MS = 3_600_000;

export type RaiseDialogProps = { userRef: string; window: WindowState; open: boolean; onClose: () => void };

/** A reason and one click: this person may go on for an hour, and nobody has to remember to take it back. */
export function RaiseDialog({ userRef, window, open, onClose }: RaiseDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Raise the limit per ${window.name} for an hour?`}
      size="sm"
    >
      <RaiseForm userRef={userRef} window={window} onDone={onClose} />
    </Dialog>
  );
}

type RaiseFormProps = { userRef: string; window: WindowState; onDone: () => void };

function RaiseForm({ userRef, window, onDone }: RaiseFormProps) {
  // The limit that was offered is the one that is set, whatever is counted meanwhile.
  const [limit] = useState(() => raisedLimit(window));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const set = useSetLimitOverride(userRef);
  const failure = set.error ? describeError(set.error) : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (set.isPending || reasonError(reason)) return;
    set.mutate(
      { window: window.name, limit, untilMs: Math.round(serverNow() + HOUR_MS), reason: reason.trim() },
      {
        onSuccess: () => {
          toast.success(`${formatCount(limit)} requests per ${window.name} for an hour`);
          onDone();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <p className="text-sm text-fg-muted">
        From {formatCount(window.limit)} to {formatCount(limit)} requests, for this person alone. After an
        hour the default of {formatCount(window.defaultLimit)} holds again by itself.
      </p>
      {window.override ? <Replaces window={window} /> : null}
      <ReasonField value={reason} onChange={setReason} tried={tried} autoFocus />
      {failure ? (
        <Callout tone="danger" title="It was not raised">
          {failure.message} {failure.hint}
        </Callout>
      ) : null}
      <FormActions
        onCancel={onDone}
        submitLabel={`Raise to ${formatCount(limit)} for an hour`}
        pending={set.isPending}
      />
    </form>
  );
}

function Replaces({ window }: { window: WindowState }) {
  const untilMs = window.override?.untilMs ?? null;
  const left = useClock((now) => (untilMs === null ? "" : timeLeft(untilMs - now)), [untilMs]);
  return (
    <Callout tone="info">
      It takes the place of the limit of {formatCount(window.limit)} that {window.override?.setBy} set
      {untilMs === null ? ", which had no end" : ` for another ${left}`}.
    </Callout>
  );
}
