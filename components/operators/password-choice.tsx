"use client";

import { Field } from "@/components/ui/field";
import { Checkbox, Input } from "@/components/ui/input";

export type PasswordChoiceProps = {
  /** null: one is made up. */
  value: string | null;
  onChange: (value: string | null) => void;
  error?: string;
};

/** A password that is made up and shown once, or one that is typed. Either has to be changed by its owner. */
export function PasswordChoice({ value, onChange, error }: PasswordChoiceProps) {
  return (
    <div className="flex flex-col items-start gap-3">
      <Checkbox
        label="Make up a random password"
        hint="It is shown once, after this."
        checked={value === null}
        onChange={(event) => onChange(event.target.checked ? null : "")}
      />
      {value === null ? null : (
        <Field
          className="w-full"
          label="Password"
          hint="At least 15 characters; four or five words that do not belong together do well."
          error={error}
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        </Field>
      )}
    </div>
  );
}
