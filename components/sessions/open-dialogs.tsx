"use client";

import type { MessagePage } from "@/lib/redis/sessions/schema";
import { BytesSheet } from "./bytes-sheet";
import type { ConversationWindow, WindowItem } from "./conversation-window";
import type { SessionTarget } from "./mutations";
import { DeleteMessageDialog, DeleteSessionDialog } from "./session-dialogs";
import { TrimDialog } from "./trim-dialog";

export type OpenDialog =
  | { what: "trim" }
  | { what: "delete" }
  | { what: "bytes"; item: WindowItem }
  | { what: "delete-message"; item: WindowItem };

export type OpenDialogsProps = {
  open: OpenDialog;
  target: SessionTarget;
  page: MessagePage;
  window: ConversationWindow;
  onClose: () => void;
  onDeleted: () => void;
  onMessageDeleted: (key: number) => void;
  onMessageBack: (position: number) => void;
};

/** The one dialog of a conversation that is open. */
export function OpenDialogs(props: OpenDialogsProps) {
  const { open, target, page, window, onClose, onDeleted, onMessageDeleted, onMessageBack } = props;
  switch (open.what) {
    case "trim":
      return <TrimDialog target={target} length={page.length} onClose={onClose} />;
    case "delete":
      return (
        <DeleteSessionDialog
          target={target}
          label={page.label}
          length={page.length}
          onClose={onClose}
          onDeleted={onDeleted}
        />
      );
    case "bytes":
      return <BytesSheet target={target} item={open.item} onClose={onClose} />;
    case "delete-message":
      return (
        <DeleteMessageDialog
          target={target}
          item={open.item}
          window={window}
          onClose={onClose}
          onDeleted={(item) => onMessageDeleted(item.key)}
          onUndone={onMessageBack}
        />
      );
  }
}
