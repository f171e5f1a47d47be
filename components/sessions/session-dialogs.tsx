"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast-store";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { ConversationWindow, WindowItem } from "./conversation-window";
import { type SessionTarget, useDeleteMessage, useDeleteSession, useTrimSession } from "./mutations";

const messages = (count: number) => `${formatCount(count)} ${count === 1 ? "message" : "messages"}`;

type Common = { target: SessionTarget; onClose: () => void };

export function TrimDialog({ target, length, onClose }: Common & { length: number }) {
  const trim = useTrimSession(target);
  const [typed, setTyped] = useState(String(Math.max(1, Math.min(30, length - 1))));
  const keep = /^[1-9]\d{0,6}$/.test(typed) ? Number(typed) : null;
  const goes = keep === null ? 0 : Math.max(0, length - keep);
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
          <p role="status">
            {goes === 0
              ? `The session has ${messages(length)}: nothing would go.`
              : `Of ${messages(length)} the oldest ${formatCount(goes)} will be removed. They cannot be brought back.`}
          </p>
        </div>
      }
      confirmLabel={goes === 0 ? "Nothing to remove" : `Remove ${messages(goes)}`}
      onConfirm={async () => {
        if (keep === null || goes === 0)
          throw new Error("Choose a number smaller than what the session has.");
        const { removed } = await trim.mutateAsync(keep);
        toast.success(`${messages(removed)} removed`);
      }}
    />
  );
}

export function DeleteSessionDialog(
  props: Common & { label: string; length: number; onDeleted: () => void },
) {
  const { target, label, length, onClose, onDeleted } = props;
  const remove = useDeleteSession(target);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Delete this session?"
      danger
      body={
        <p>
          <VisibleText inline text={label} className="font-mono" /> and its {messages(length)} will be removed
          from Redis. They cannot be brought back. An assistant that is talking in it begins it anew with its
          next message.
        </p>
      }
      confirmLabel={`Delete ${messages(length)}`}
      onConfirm={async () => {
        const done = await remove.mutateAsync(undefined);
        if (done.verifiedGone) {
          toast.success(`The session and its ${messages(done.messages)} are gone`);
          onDeleted();
        } else {
          toast.warning(`${messages(done.messages)} are gone; an assistant began the session anew at once`);
        }
      }}
    />
  );
}

export type DeleteMessageDialogProps = Common & {
  item: WindowItem;
  /** What the reader sees now; the delete happens only while the list is like this. */
  window: ConversationWindow;
  onDeleted: (item: WindowItem) => void;
};

export function DeleteMessageDialog({ target, item, window, onClose, onDeleted }: DeleteMessageDialogProps) {
  const remove = useDeleteMessage(target, () => onDeleted(item));
  // Positions move while the dialog is open; the key stays with the message.
  const now = window.items.find(({ key }) => key === item.key);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Delete this message?"
      danger
      body={
        <div className="flex flex-col gap-3">
          <div className="max-h-40 overflow-y-auto rounded-lg border bg-sunken px-3 py-2 text-fg">
            <VisibleText text={item.text} limit={600} />
          </div>
          <p>
            {now
              ? "Exactly this one goes, even where others read the same. It cannot be brought back."
              : "It is not in the session any more: it was trimmed meanwhile."}
          </p>
        </div>
      }
      confirmLabel="Delete 1 message"
      onConfirm={async () => {
        if (!now) throw new Error("It is not in the session any more.");
        await remove.mutateAsync({
          position: now.position,
          digest: now.digest,
          length: window.length,
          newestDigest: window.newestDigest,
          oldestDigest: window.oldestDigest,
        });
      }}
    />
  );
}
