"use client";

import { UserRound } from "lucide-react";
import type { ComponentProps } from "react";
import { useOperator } from "@/components/shell/operator";
import { ROLE_WORD } from "@/components/shell/role-words";

/** Who is signed in, in the header: opens the menu, and holds its place until that is loaded. */
export function OperatorButton(props: ComponentProps<"button">) {
  const { me } = useOperator();
  if (!me) return null;
  const role = ROLE_WORD[me.role];
  return (
    <button
      type="button"
      {...props}
      className="inline-flex h-8 max-w-72 shrink-0 items-center gap-2 rounded-md px-2 text-xs text-fg-muted transition-colors duration-100 hover:bg-hover hover:text-fg"
    >
      <UserRound aria-hidden className="size-4" />
      <span className="truncate max-md:sr-only">
        <bdi>{me.name}</bdi>
        {me.name.includes(role) ? null : <span className="text-fg-subtle"> · {role}</span>}
      </span>
    </button>
  );
}
