"use client";

import { EyeOff, LogOut, UserRound } from "lucide-react";
import { useOperator } from "@/components/shell/operator";
import { ROLE_WORD } from "@/components/shell/role-words";
import { Menu } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast-store";
import { useSetMasked, useSignOut } from "./mutations";
import { OperatorButton } from "./operator-button";

/** What the one who is signed in can do about it. */
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
      trigger={<OperatorButton />}
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
