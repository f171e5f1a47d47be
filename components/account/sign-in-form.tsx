"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useHydrated } from "@/components/ui/clock";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ErrorDto } from "@/lib/errors";
import { signInAction } from "@/lib/redis/account/actions";

export const LOST: ErrorDto = {
  code: "internal",
  message: "The console did not answer.",
  hint: "See whether it still runs, and try again.",
};

/** `next` is a path of this console, checked by the page. */
export function SignInForm({ next }: { next: string }) {
  const router = useRouter();
  const [error, setError] = useState<ErrorDto | null>(null);
  const [pending, start] = useTransition();
  const hydrated = useHydrated();
  const password = useRef<HTMLInputElement>(null);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = { name: String(form.get("name")), password: String(form.get("password")) };
    start(async () => {
      const result = await signInAction(input).catch(() => ({ ok: false as const, error: LOST }));
      if (result.ok) return router.replace(next);
      setError(result.error);
      // The name stays as it was typed.
      if (password.current) {
        password.current.value = "";
        password.current.focus();
      }
    });
  }

  return (
    // POST, should somebody be faster than the script: a GET would put the password into the address.
    <form onSubmit={send} method="post" className="flex flex-col gap-4" noValidate>
      <Field label="Name" error={error?.field === "name" ? error.message : undefined}>
        <Input
          name="name"
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus
          required
        />
      </Field>
      <Field label="Password" error={error?.field === "password" ? error.message : undefined}>
        <Input ref={password} name="password" type="password" autoComplete="current-password" required />
      </Field>
      {error && !error.field ? (
        <Callout tone="danger" title={error.message}>
          {error.hint}
        </Callout>
      ) : null}
      <Button type="submit" variant="primary" pending={pending} disabled={!hydrated}>
        Sign in
      </Button>
    </form>
  );
}

/**
 * Looks again from this page itself. The session's cookie is SameSite=Strict: a link from another site, and the way
 * back from an identity provider, arrive without it, and this page's own request has it.
 */
export function LookAgain() {
  const router = useRouter();
  useEffect(() => router.refresh(), [router]);
  return null;
}
