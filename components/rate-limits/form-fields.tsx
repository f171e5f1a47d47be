"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { limitError, reasonError } from "./set-limit-input";

type TypedProps = {
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with it is said once somebody has tried to send it. */
  tried: boolean;
  autoFocus?: boolean;
};

/** How many requests a window lets in. */
export function LimitField({
  windowName,
  hint,
  value,
  onChange,
  tried,
}: TypedProps & { windowName: string; hint?: string }) {
  return (
    <Field
      label={`Requests allowed in one ${windowName}`}
      error={tried ? limitError(value) : null}
      hint={hint}
    >
      <Input
        inputMode="numeric"
        autoComplete="off"
        data-autofocus
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

/** Why one person has a limit of their own. */
export function ReasonField({
  value,
  onChange,
  tried,
  autoFocus,
  refused,
}: TypedProps & { refused?: string | null }) {
  return (
    <Field
      label="Reason"
      hint="Shown with the limit, and kept in the audit log. It must not name the person."
      error={tried ? (reasonError(value) ?? refused) : null}
    >
      <Input
        maxLength={200}
        autoComplete="off"
        data-autofocus={autoFocus}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
