"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast-store";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import type { ConversationWindow, WindowItem } from "./conversation-window";
import { type SessionTarget, useDeleteMessage, useDeleteSession, useOfferUndo } from "./mutations";

const messages = (count: number) => `${formatCount(count)} ${count === 1 ? "message" : "messages"}`;

type Common = { target: SessionTarget; onClose: () => void };

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
  /** It is back at this position. */
  onUndone: (position: number) => void;
};

export function DeleteMessageDialog(props: DeleteMessageDialogProps) {
  const { target, item, window, onClose, onDeleted, onUndone } = props;
  const offerUndo = useOfferUndo(target);
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
            <VisibleText text={item.text} limit={600} goesOn={item.cut} />
          </div>
          <p>
            {now
              ? "Exactly this one goes, even where others read the same. For 10 seconds it can be put back, as long as nobody writes to the session."
              : "It is not in the session any more: it was trimmed meanwhile."}
          </p>
        </div>
      }
      confirmLabel="Delete 1 message"
      onConfirm={async () => {
        if (!now) throw new Error("It is not in the session any more.");
        const { undo } = await remove.mutateAsync({
          position: now.position,
          digest: now.digest,
          length: window.length,
          newestDigest: window.newestDigest,
          oldestDigest: window.oldestDigest,
        });
        offerUndo("1 message deleted", undo, () => onUndone(now.position));
      }}
    />
  );
}
