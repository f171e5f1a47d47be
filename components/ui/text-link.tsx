import clsx from "clsx";
import Link from "next/link";
import type { ComponentProps } from "react";

export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...props}
      className={clsx("rounded-sm text-accent-fg underline-offset-2 hover:underline", className)}
    />
  );
}
