"use client";

import { Ellipsis, Scissors, Terminal, Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast-store";
import type { MessagePage } from "@/lib/redis/sessions/schema";

export type SessionMenuProps = {
  page: MessagePage;
  canEdit: boolean;
  onTrim: () => void;
  onDelete: () => void;
};

/** What is done with a session seldom, or with care. */
export function SessionMenu({ page, canEdit, onTrim, onDelete }: SessionMenuProps) {
  const { command } = page;
  const items: MenuItem[] = [
    {
      label: command === null ? "Copy as redis-cli (masked)" : "Copy as redis-cli",
      icon: <Terminal />,
      onSelect: () => void (command === null ? undefined : copy(command)),
      disabled: command === null,
    },
  ];
  if (canEdit) {
    items.push(
      { label: "Trim to the newest…", icon: <Scissors />, onSelect: onTrim, disabled: page.length < 2 },
      "separator",
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

async function copy(command: string) {
  try {
    await navigator.clipboard.writeText(command);
    toast.success("The command is on the clipboard");
  } catch {
    // Over plain HTTP on another host, or without the permission, a browser has no clipboard.
    toast.error("The browser refused the clipboard", { description: command });
  }
}
