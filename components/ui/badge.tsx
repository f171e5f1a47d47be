import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { TONE, type Tone } from "./tones";

export type BadgeProps = ComponentProps<"span"> & { tone?: Tone; icon?: ReactNode };

export function Badge({ tone = "neutral", icon, className, children, ...rest }: BadgeProps) {
  return (
    <span
      {...rest}
      className={clsx(
        "inline-flex h-5 max-w-full items-center gap-1 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap",
        "[&_svg]:size-3 [&_svg]:shrink-0",
        TONE[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
