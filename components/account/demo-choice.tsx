"use client";

import { ChevronRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ROLE_PURPOSE, ROLE_WORD } from "@/components/shell/role-words";
import { Callout } from "@/components/ui/callout";
import { useHydrated } from "@/components/ui/clock";
import { Spinner } from "@/components/ui/spinner";
import { ROLES, type Role } from "@/lib/auth/permissions";
import type { ErrorDto } from "@/lib/errors";
import { demoSignInAction } from "@/lib/redis/account/actions";
import { LOST } from "./sign-in-form";

/** A demo's four operators, one click each. */
export function DemoChoice({ next }: { next: string }) {
  const router = useRouter();
  const [chosen, setChosen] = useState<Role | null>(null);
  const [error, setError] = useState<ErrorDto | null>(null);
  const [pending, start] = useTransition();
  // Before that a click would be lost.
  const hydrated = useHydrated();

  function signIn(role: Role) {
    setChosen(role);
    start(async () => {
      const result = await demoSignInAction({ role }).catch(() => ({ ok: false as const, error: LOST }));
      if (result.ok) router.replace(next);
      else setError(result.error);
    });
  }

  return (
    <div className="flex flex-col gap-3">
      <ul className="divide-y rounded-lg border">
        {[...ROLES].reverse().map((role) => (
          <li key={role}>
            <button
              type="button"
              disabled={pending || !hydrated}
              onClick={() => signIn(role)}
              className="flex w-full items-center gap-3 px-3 py-2.5 text-left transition-colors duration-100 hover:bg-hover disabled:cursor-wait"
            >
              <span className="min-w-0 flex-1">
                <span className="block text-sm font-medium">{ROLE_WORD[role]}</span>
                <span className="block text-xs text-fg-muted">{ROLE_PURPOSE[role]}</span>
              </span>
              {pending && chosen === role ? (
                <Spinner />
              ) : (
                <ChevronRight aria-hidden className="size-4 text-fg-subtle" />
              )}
            </button>
          </li>
        ))}
      </ul>
      {error ? (
        <Callout tone="danger" title={error.message}>
          {error.hint}
        </Callout>
      ) : null}
    </div>
  );
}
