"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount, formatDateTime } from "@/lib/format";
import type { TrimPreview } from "@/lib/redis/sessions/change-schema";
import type { SessionMessage } from "@/lib/redis/sessions/schema";
import { speakerWord } from "./message-words";
import { type SessionTarget, useOfferUndo, useTrimSession } from "./mutations";
import { trimPreviewQuery } from "./queries";

const messages = (count: number) => `${formatCount(count)} ${count === 1 ? "message" : "messages"}`;
/** More than so many are not held for an undo. */
const HELD_MESSAGES = 5_000;
const FIRST_WORDS = 140;

export type TrimDialogProps = { target: SessionTarget; length: number; onClose: () => void };

/** Trim to the newest n, with a look at what goes. */
export function TrimDialog({ target, length, onClose }: TrimDialogProps) {
  const trim = useTrimSession(target);
  const offerUndo = useOfferUndo(target);
  const [typed, setTyped] = useState(String(Math.max(1, Math.min(30, length - 1))));
  const keep = /^[1-9]\d{0,5}$|^1000000$/.test(typed) ? Number(typed) : null;
  const asked = useDeferredValue(keep ?? 1);
  const preview = useQuery({
    ...trimPreviewQuery(target.userRef, target.session, asked),
    enabled: keep !== null,
  });
  const shown = asked === keep ? preview.data : undefined;
  const goes = shown?.goes ?? 0;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Trim this session"
      danger
      body={
        <div className="flex flex-col gap-3">
          <Field
            label="Keep the newest"
            error={keep === null ? "Type a whole number from 1 to 1,000,000." : undefined}
          >
            <Input
              inputMode="numeric"
              value={typed}
              onChange={(event) => setTyped(event.target.value.trim())}
              className="max-w-32"
            />
          </Field>
          {keep === null ? null : preview.error ? (
            <Callout tone="danger" title={describeError(preview.error).message}>
              <Button size="sm" onClick={() => void preview.refetch()}>
                Try again
              </Button>
            </Callout>
          ) : shown ? (
            <Preview preview={shown} />
          ) : (
            <Skeleton className="h-24" />
          )}
        </div>
      }
      confirmLabel={!shown ? "Trim" : goes === 0 ? "Nothing to remove" : `Remove ${messages(goes)}`}
      onConfirm={async () => {
        if (keep === null || !shown || goes === 0) {
          throw new Error("Choose a number smaller than what the session has.");
        }
        const { length, newestDigest, oldestDigest } = shown;
        const { removed, undo } = await trim.mutateAsync({
          keepMessages: keep,
          // Digests of a masked page are stand-ins that the store does not know.
          ...(shown.masked ? {} : { seen: { length, newestDigest, oldestDigest } }),
        });
        offerUndo(`${messages(removed)} removed`, undo);
      }}
    />
  );
}

function Preview({ preview }: { preview: TrimPreview }) {
  const { goes, length, messages: shown } = preview;
  if (goes === 0) return <p role="status">The session has {messages(length)}: nothing would go.</p>;
  const hidden = goes - shown.length;
  const gap = shown.findIndex((message, at) => at > 0 && message.position > shown[at - 1]!.position + 1);
  return (
    <>
      <p role="status">
        Of {messages(length)} the oldest {formatCount(goes)} go.{" "}
        {goes > HELD_MESSAGES
          ? "They are too many to be held: they cannot be brought back."
          : "For 10 seconds this can be undone, as long as nobody writes to the session."}
      </p>
      <ol aria-label="What goes" className="flex flex-col rounded-lg border bg-sunken text-xs text-fg">
        {shown.map((message, at) => (
          <li key={message.position} className="flex flex-col border-t first:border-t-0">
            {at === gap && hidden > 0 ? (
              <span className="border-b px-3 py-1 text-center text-fg-muted">{formatCount(hidden)} more</span>
            ) : null}
            <FirstWords message={message} />
          </li>
        ))}
      </ol>
    </>
  );
}

function FirstWords({ message }: { message: SessionMessage }) {
  const words = message.text.replace(/\s+/g, " ").slice(0, FIRST_WORDS);
  return (
    <span className="flex min-w-0 flex-col px-3 py-1.5">
      <span className="text-fg-muted">
        {speakerWord(message)}
        {message.timestampMs === null ? "" : ` · ${formatDateTime(message.timestampMs, "local")}`}
      </span>
      {words === "" ? (
        <span className="text-fg-muted italic">no text</span>
      ) : (
        <VisibleText inline text={words} />
      )}
    </span>
  );
}
