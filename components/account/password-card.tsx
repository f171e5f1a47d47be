"use client";

import { KeyRound } from "lucide-react";
import { type FormEvent, useRef } from "react";
import { ConsoleError, describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useChangePassword } from "./mutations";

export function PasswordCard({ name, mustChange }: { name: string; mustChange: boolean }) {
  const change = useChangePassword();
  const form = useRef<HTMLFormElement>(null);
  const { message, hint } = describeError(change.error);
  const field = change.error instanceof ConsoleError ? change.error.field : undefined;

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    change.mutate(
      { current: String(typed.get("current")), next: String(typed.get("next")) },
      { onSuccess: () => form.current?.reset() },
    );
  }

  return (
    <Card>
      <CardHeader title="Password" icon={<KeyRound />} />
      <CardBody>
        {mustChange ? (
          <Callout tone="warn" title="This password was made for you" className="mb-4">
            Whoever made it knows it. Choose your own.
          </Callout>
        ) : null}
        <form ref={form} onSubmit={send} method="post" className="flex max-w-sm flex-col gap-4" noValidate>
          <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
          <Field label="The password you have" error={field === "current" ? message : undefined}>
            <Input name="current" type="password" autoComplete="current-password" />
          </Field>
          <Field
            label="The new one"
            hint="At least 15 characters; four or five words that do not belong together do well."
            error={field === "next" || field === "password" ? message : undefined}
          >
            <Input name="next" type="password" autoComplete="new-password" />
          </Field>
          {change.isError && !field ? (
            <Callout tone="danger" title={message}>
              {hint}
            </Callout>
          ) : null}
          {change.isSuccess ? (
            <Callout tone="ok" title="Changed. You are signed out everywhere else." />
          ) : null}
          <div>
            <Button type="submit" variant="primary" pending={change.isPending}>
              Change the password
            </Button>
          </div>
        </form>
      </CardBody>
    </Card>
  );
}
