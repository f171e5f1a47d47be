"use client";

import { type FormEvent, useState } from "react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { FormActions } from "@/components/ui/form-actions";
import { toast } from "@/components/ui/toast-store";
import { formatCount } from "@/lib/format";
import type { WindowSetting } from "@/lib/redis/rate-limits/schema";
import { ChangedMeanwhile, useSeenSetting } from "./changed-meanwhile";
import { LimitField } from "./form-fields";
import { useClearDefaultLimit, useSetDefaultLimit } from "./mutations";
import { limitError } from "./set-limit-input";

export type DefaultDialogProps = { window: WindowSetting; onClose: () => void; onBeginAgain: () => void };

/** Another limit for everybody without one of their own, or the built-in one again. */
export function DefaultDialog({ window, onClose, onBeginAgain }: DefaultDialogProps) {
  const [limit, setLimit] = useState(String(window.limit));
  const [tried, setTried] = useState(false);
  const set = useSetDefaultLimit();
  const clear = useClearDefaultLimit();
  const pending = set.isPending || clear.isPending;
  const { seenSetAtMs, changed } = useSeenSetting(window.setBy, pending || set.isSuccess || clear.isSuccess);
  const error = set.error ?? clear.error;
  const failure = error ? describeError(error) : null;
  const done = (text: string) => {
    toast.success(text);
    onClose();
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (pending || changed || limitError(limit)) return;
    const value = Number(limit);
    set.mutate(
      { window: window.name, limit: value, seenSetAtMs },
      { onSuccess: () => done(`${formatCount(value)} requests per ${window.name} for everyone`) },
    );
  }

  return (
    <Dialog
      open
      onOpenChange={(next) => (next || pending ? undefined : onClose())}
      title={`Requests per ${window.name}, for everyone`}
      description="Holds from the next request on, for everyone without a limit of their own."
      size="sm"
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {changed ? (
          <ChangedMeanwhile
            setting={window.setBy}
            otherwise={window.builtInLimit}
            onBeginAgain={onBeginAgain}
          />
        ) : null}
        <LimitField windowName={window.name} value={limit} onChange={setLimit} tried={tried} />
        {failure ? (
          <Callout tone="danger" title="It was not set">
            {failure.message} {failure.hint}
          </Callout>
        ) : null}
        <FormActions onCancel={onClose} submitLabel="Set for everyone" pending={pending} disabled={changed}>
          {window.setBy ? (
            <Button
              variant="ghost"
              className="mr-auto"
              disabled={pending || changed}
              onClick={() =>
                clear.mutate(
                  { window: window.name, seenSetAtMs },
                  { onSuccess: () => done(`${formatCount(window.builtInLimit)} per ${window.name} again`) },
                )
              }
            >
              Back to {formatCount(window.builtInLimit)}
            </Button>
          ) : null}
        </FormActions>
      </form>
    </Dialog>
  );
}
