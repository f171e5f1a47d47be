"use client";

import clsx from "clsx";
import { Children, cloneElement, isValidElement, type ReactElement, type ReactNode, useId } from "react";

export type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Stands at the right end of the label's line. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** Gives its one control a label, a hint and the rule it broke, all of them tied to it for screen readers. */
export function Field({ label, hint, error, aside, children, className }: FieldProps) {
  const id = useId();
  const control = Children.only(children);
  const described = [error ? `${id}-error` : null, hint ? `${id}-hint` : null].filter(Boolean).join(" ");
  const props = isValidElement(control) ? (control.props as { id?: string }) : {};
  return (
    <div className={clsx("flex min-w-0 flex-col gap-1", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={props.id ?? id} className="text-xs font-medium text-fg-muted">
          {label}
        </label>
        {aside ? <span className="text-xs text-fg-muted">{aside}</span> : null}
      </div>
      {isValidElement(control)
        ? cloneElement(control as ReactElement<Record<string, unknown>>, {
            id: props.id ?? id,
            "aria-describedby": described || undefined,
            "aria-invalid": error ? true : undefined,
          })
        : control}
      {error ? (
        <p id={`${id}-error`} className="text-xs text-danger-fg">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-xs text-fg-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
