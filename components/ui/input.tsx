import clsx from "clsx";
import { Check, ChevronDown } from "lucide-react";
import type { ComponentProps, CSSProperties, ReactNode } from "react";

/** 16 px under 640 px: a smaller font makes iOS zoom into the field. */
export const FIELD =
  "w-full min-w-0 rounded-md border border-line-field bg-surface px-2.5 text-sm text-fg max-sm:text-[16px] " +
  "transition-colors duration-100 hover:border-fg-subtle focus-visible:outline-offset-0 " +
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-fg-muted " +
  "aria-invalid:border-danger";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={clsx(FIELD, "h-8 read-only:bg-sunken", className)} />;
}

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<"textarea">) {
  return <textarea rows={rows} {...rest} className={clsx(FIELD, "py-1.5 read-only:bg-sunken", className)} />;
}

export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <span className={clsx("relative inline-flex w-full min-w-0", className)}>
      <select {...rest} className={clsx(FIELD, "h-8 appearance-none pr-7")}>
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-2 right-2 size-4 text-fg-subtle" />
    </span>
  );
}

export type CheckboxProps = Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode };

export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  return (
    <label className={clsx("inline-flex cursor-pointer items-start gap-2 text-sm", className)}>
      <span className="relative mt-0.5 inline-flex">
        <input
          type="checkbox"
          {...rest}
          className="peer size-4 cursor-pointer appearance-none rounded-sm border border-line-field bg-surface checked:border-accent checked:bg-accent disabled:cursor-not-allowed disabled:opacity-50"
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute inset-0.5 hidden size-3 text-accent-on peer-checked:block"
        />
      </span>
      <span className="min-w-0">
        {label}
        {hint ? <span className="block text-xs text-fg-muted">{hint}</span> : null}
      </span>
    </label>
  );
}

export type RangeProps = Omit<ComponentProps<"input">, "type"> & { valueText?: string };

/** The value is written beside it: a slider alone tells nobody its number. */
export function Range({ valueText, className, ...rest }: RangeProps) {
  const { value, min = 0, max = 100 } = rest;
  const share = (Number(value ?? rest.defaultValue ?? min) - Number(min)) / (Number(max) - Number(min));
  return (
    <span
      className={clsx("flex items-center gap-3", className)}
      style={{ "--filled": `${Math.round(share * 100)}%` } as CSSProperties}
    >
      <input type="range" {...rest} aria-valuetext={valueText} className="slider min-w-0 flex-1" />
      {valueText === undefined ? null : (
        <output className="min-w-10 text-right text-sm text-fg-muted">{valueText}</output>
      )}
    </span>
  );
}
