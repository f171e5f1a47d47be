"use client";

import { Ban, KeyRound, Laptop, LogOut, MoreHorizontal, RotateCcw, UserCog } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast-store";
import type { OperatorRow } from "@/lib/redis/operators/schema";
import type { Deed } from "./deed";
import { useSetDisabled } from "./mutations";
import { whyNot } from "./words";

export function OperatorMenu({ row, onDeed }: { row: OperatorRow; onDeed: (deed: Deed) => void }) {
  const setDisabled = useSetDisabled();
  const enable = () =>
    setDisabled.mutate(
      { id: row.id, disabled: false },
      {
        onSuccess: () => toast.success(`${row.name} may sign in again`),
        onError: (error) => toast.error("Nothing was changed", { description: error.message }),
      },
    );
  const item = (
    label: string,
    deed: Deed,
    icon: MenuItemIcon,
    why: string | null,
    danger = false,
  ): MenuItem => ({
    ...{ label, icon, danger: danger && !why, disabled: why !== null, hint: why ?? undefined },
    onSelect: () => onDeed(deed),
  });
  const items: MenuItem[] = [
    item("Change role", "role", <UserCog />, whyNot(row, "role")),
    item("Reset password", "password", <KeyRound />, whyNot(row, "password")),
    "separator",
    item("Where signed in", "sessions", <Laptop />, null),
    item("Sign out everywhere", "sign-out", <LogOut />, row.sessions === 0 ? "not signed in" : null),
    "separator",
    row.disabled
      ? { label: "Enable", icon: <RotateCcw />, onSelect: enable }
      : item("Disable", "disable", <Ban />, whyNot(row, "disable"), true),
  ];
  return (
    <Menu
      label={`What to do with ${row.name}`}
      items={items}
      trigger={
        <IconButton size="sm" label={`Actions for ${row.name}`} pending={setDisabled.isPending}>
          <MoreHorizontal />
        </IconButton>
      }
    />
  );
}

type MenuItemIcon = Extract<MenuItem, { icon?: unknown }>["icon"];
