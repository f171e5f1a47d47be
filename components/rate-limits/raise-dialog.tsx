"use client";

import { type FormEvent, useState } from "react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { serverNow, useClock } from "@/components/ui/clock";
import { Dialog } from "@/components/ui/dialog";
import { FormActions } from "@/components/ui/form-actions";
import { toast } from "@/components/ui/toast-store";
import { formatCount } from "@/lib/format";
import { MAX_LIMIT } from "@/lib/redis/limiter/limit-bounds";
import type { WindowState } from "@/lib/redis/rate-limits/schema";
import { ChangedMeanwhile, useSeenSetting } from "./changed-meanwhile";
import { ReasonField } from "./form-fields";
import { countText, timeLeft } from "./limit-words";
import { useSetLimitOverride } from "./mutations";
import { raisedLimit, reasonError, refusedBy } from "./set-limit-input";

const HOUR_MS = 3_600_000;

export type RaiseDialogProps = { userRef: string; window: WindowState; open: boolean; onClose: () => void };

/** A reason and one click: this person may go on for an hour, and nobody has to remember to take it back. */
export function RaiseDialog({ userRef, window, open, onClose }: RaiseDialogProps) {
  const [begun, setBegun] = useState(0);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Raise the limit per ${window.name} for an hour?`}
      size="sm"
    >
      <RaiseForm
        key={begun}
        userRef={userRef}
        window={window}
        onDone={onClose}
        onBeginAgain={() => setBegun(begun + 1)}
      />
    </Dialog>
  );
}

type RaiseFormProps = {
  userRef: string;
  window: WindowState;
  onDone: () => void;
  onBeginAgain: () => void;
};

function RaiseForm({ userRef, window, onDone, onBeginAgain }: RaiseFormProps) {
  // The limit that was offered is the one that is set, whatever is counted meanwhile.
  const [limit] = useState(() => raisedLimit(window));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const set = useSetLimitOverride(userRef);
  const seen = useSeenSetting(window.override, set.isPending || set.isSuccess);
  const failure = set.error ? describeError(set.error) : null;
  const refusedReason = refusedBy(set.error, "reason");

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (set.isPending || seen.changed || limit === null || reasonError(reason)) return;
    set.mutate(
      {
        ...{ window: window.name, limit, seenSetAtMs: seen.seenSetAtMs },
        ...{ untilMs: Math.round(serverNow() + HOUR_MS), reason: reason.trim() },
      },
      {
        onSuccess: () => {
          toast.success(`${formatCount(limit)} requests per ${window.name} for an hour`);
          onDone();
        },
      },
    );
  }

  if (limit === null) return <CannotRaise window={window} onDone={onDone} />;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <p className="text-sm text-fg-muted">
        From {formatCount(window.limit)} to {formatCount(limit)} requests, for this person alone. After an
        hour the default of {formatCount(window.defaultLimit)} holds again by itself.
      </p>
      {seen.changed ? (
        <ChangedMeanwhile
          setting={window.override}
          otherwise={window.defaultLimit}
          onBeginAgain={onBeginAgain}
        />
      ) : null}
      {window.override && !seen.changed ? <Replaces window={window} /> : null}
      <ReasonField value={reason} onChange={setReason} tried={tried} refused={refusedReason} autoFocus />
      {failure && !refusedReason ? (
        <Callout tone="danger" title="It was not raised">
          {failure.message} {failure.hint}
        </Callout>
      ) : null}
      <FormActions
        onCancel={onDone}
        submitLabel={`Raise to ${formatCount(limit)} for an hour`}
        pending={set.isPending}
        disabled={seen.changed}
      />
    </form>
  );
}

function CannotRaise({ window, onDone }: { window: WindowState; onDone: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-fg-muted">
        No limit is higher than {formatCount(MAX_LIMIT)} requests. This one is {formatCount(window.limit)},
        and {countText(window)} were counted
        {window.blocked ? ": raising it would not let this person in. A reset of the counter does." : "."}
      </p>
      <div className="flex justify-end">
        <Button onClick={onDone} data-autofocus>
          Close
        </Button>
      </div>
    </div>
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
