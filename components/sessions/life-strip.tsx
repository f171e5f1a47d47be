"use client";

import { Infinity as Forever, Hourglass } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Countdown } from "@/components/ui/countdown";
import { toast } from "@/components/ui/toast-store";
import type { SessionLife } from "@/lib/redis/sessions/change-schema";
import type { Life } from "./life-dialog";
import { type SessionTarget, useExpireSession, useOfferUndo, usePersistSession } from "./mutations";

const LifeDialog = dynamic(() => import("./life-dialog").then((module) => module.LifeDialog), { ssr: false });

const HOUR_SECONDS = 3_600;

export type LifeStripProps = { target: SessionTarget; life: SessionLife; canEdit: boolean };

/** How long the session lives, counting down, and the lives to choose from. */
export function LifeStrip({ target, life, canEdit }: LifeStripProps) {
  const expire = useExpireSession(target);
  const persist = usePersistSession(target);
  const [keeping, setKeeping] = useState(false);

  const offerUndo = useOfferUndo(target);
  const [choosing, setChoosing] = useState(false);

  async function setLife(life: Life, words: string) {
    const { undo } = await expire.mutateAsync(life);
    offerUndo(words, undo);
  }

  function setHours(hours: number) {
    setLife({ expireSeconds: hours * HOUR_SECONDS }, `The session expires in ${hours} h`).catch(
      (error: unknown) => {
        const { message, hint } = describeError(error);
        toast.error(message, { description: hint });
      },
    );
  }

  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <SessionLifeText life={life} icon />
      {canEdit ? (
        <fieldset className="flex gap-1" disabled={expire.isPending || persist.isPending}>
          <legend className="sr-only">Change how long it lives</legend>
          <Button size="sm" data-tip="Expire 24 hours from now" onClick={() => setHours(24)}>
            24 h
          </Button>
          <Button size="sm" data-tip="Expire one hour from now" onClick={() => setHours(1)}>
            1 h
          </Button>
          <Button size="sm" data-tip="Choose how long, or until when" onClick={() => setChoosing(true)}>
            Other…
          </Button>
          {life.ttlMs < 0 ? null : (
            <Button size="sm" data-tip="Take its expiry away" onClick={() => setKeeping(true)}>
              Keep
            </Button>
          )}
        </fieldset>
      ) : null}
      <ConfirmDialog
        open={keeping}
        onOpenChange={setKeeping}
        title="Keep this session for good?"
        body="Redis will not remove it any more: the conversation stays, with everything personal in it, until somebody deletes it or gives it a life again."
        confirmLabel="Keep without expiry"
        onConfirm={async () => {
          const { undo } = await persist.mutateAsync(undefined);
          offerUndo("The session does not expire any more", undo);
        }}
      />
      {choosing ? <LifeDialog onClose={() => setChoosing(false)} onLife={setLife} /> : null}
    </div>
  );
}

/** "expires in 23 h 14 min", or that it does not. */
export function SessionLifeText({ life, icon }: { life: SessionLife; icon?: boolean }) {
  if (life.ttlMs < 0) {
    return (
      <span
        className="inline-flex items-center gap-1.5 text-fg-muted"
        data-tip="Redis keeps it until it is deleted"
      >
        {icon ? <Forever aria-hidden className="size-4 text-fg-subtle" /> : null}
        no expiry
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5 text-fg-muted">
      {icon ? <Hourglass aria-hidden className="size-4 text-fg-subtle" /> : null}
      <span>
        {icon ? "expires in " : <span className="sr-only">expires in </span>}
        <Countdown untilMs={life.nowMs + life.ttlMs} className={icon ? "font-medium text-fg" : ""} />
      </span>
    </span>
  );
}
