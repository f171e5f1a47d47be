"use client";

import { EyeOff, LogOut, UserRound } from "lucide-react";
import { useOperator } from "@/components/shell/operator";
import { ROLE_WORD } from "@/components/shell/role-words";
import { Menu } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast-store";
import { useSetMasked, useSignOut } from "./mutations";

/** Who is signed in, in the header. */
export function OperatorMenu() {
  const { me, can } = useOperator();
  const signOut = useSignOut();
  const setMasked = useSetMasked();
  if (!me) return null;
  const role = ROLE_WORD[me.role];

  async function toggleMask(masked: boolean) {
    try {
      await setMasked.mutateAsync(masked);
    } catch (error) {
      toast.error("Nothing was changed", { description: (error as Error).message });
    }
  }

  return (
    <Menu
      label="Your account"
      trigger={
        <button
          type="button"
          className="inline-flex h-8 max-w-72 shrink-0 items-center gap-2 rounded-md px-2 text-xs text-fg-muted transition-colors duration-100 hover:bg-hover hover:text-fg"
        >
          <UserRound aria-hidden className="size-4" />
          <span className="truncate max-md:sr-only">
            <bdi>{me.name}</bdi>
            {me.name.includes(role) ? null : <span className="text-fg-subtle"> · {role}</span>}
          </span>
        </button>
      }
      items={[
        { heading: `${me.name}, ${role}` },
        { label: "Your account", icon: <UserRound />, href: "/account" },
        ...(can("personal")
          ? [
              {
                label: "Mask personal data",
                icon: <EyeOff />,
                checked: me.maskedByChoice,
                onSelect: () => void toggleMask(!me.maskedByChoice),
              },
            ]
          : []),
        "separator",
        { label: "Sign out", icon: <LogOut />, onSelect: () => signOut.mutate() },
      ]}
    />
  );
}
