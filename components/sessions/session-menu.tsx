"use client";

import { Download, Ellipsis, Scissors, Terminal, Trash2 } from "lucide-react";
import { describeError } from "@/components/query/console-error";
import { IconButton } from "@/components/ui/button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast-store";
import type { MessagePage } from "@/lib/redis/sessions/schema";
import { copyText } from "./copy-text";
import type { SessionTarget } from "./mutations";
import { downloadPath, fetchCommands } from "./queries";

export type SessionMenuProps = {
  target: SessionTarget;
  page: MessagePage;
  canEdit: boolean;
  canDownload: boolean;
  onTrim: () => void;
  onDelete: () => void;
};

/** What is done with a session seldom, or with care. */
export function SessionMenu({ target, page, canEdit, canDownload, onTrim, onDelete }: SessionMenuProps) {
  const { command } = page;
  const items: MenuItem[] = [
    {
      label: command === null ? "Copy as redis-cli (masked)" : "Copy as redis-cli, to read it",
      icon: <Terminal />,
      onSelect: () =>
        void (command === null ? undefined : copyText(command, "The command is on the clipboard")),
      disabled: command === null,
    },
  ];
  if (canDownload) {
    items.push(
      {
        label: "Copy as redis-cli, to recreate it",
        icon: <Terminal />,
        onSelect: () => void copyRecreation(target),
        disabled: page.masked,
      },
      {
        label: page.masked ? "Download (masked)" : "Download as JSON Lines",
        icon: <Download />,
        onSelect: () => download(target),
        disabled: page.masked,
      },
    );
  }
  if (canEdit) {
    items.push(
      "separator",
      { label: "Trim to the newest…", icon: <Scissors />, onSelect: onTrim, disabled: page.length < 2 },
      { label: "Delete this session…", icon: <Trash2 />, onSelect: onDelete, danger: true },
    );
  }
  return (
    <Menu
      label="Session"
      items={items}
      trigger={
        <IconButton label="More" size="sm">
          <Ellipsis />
        </IconButton>
      }
    />
  );
}

async function copyRecreation({ userRef, session }: SessionTarget) {
  try {
    const { text } = await fetchCommands(userRef, session, "recreate");
    if (text !== null) return await copyText(text, "The commands are on the clipboard");
    toast.warning("Too long for the clipboard", {
      description: "More than 500 messages or 200 kB. Download it instead.",
    });
  } catch (error) {
    const { message, hint } = describeError(error);
    toast.error(message, { description: hint });
  }
}

/** The browser's own download: nothing of the file is held in the page. */
function download({ userRef, session }: SessionTarget) {
  const link = document.createElement("a");
  link.href = downloadPath(userRef, session);
  link.download = "";
  link.click();
}
