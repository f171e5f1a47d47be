import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { PageLink, type PageLinkProps } from "./page-link";
import { Spinner } from "./spinner";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md";

const VARIANT: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-accent-on hover:bg-accent-hover",
  secondary: "border-line-strong bg-surface text-fg hover:bg-hover",
  ghost: "border-transparent bg-transparent text-fg-muted hover:bg-hover hover:text-fg",
  danger: "border-transparent bg-danger text-danger-on hover:bg-danger-hover",
};

const SIZE: Record<ButtonSize, string> = {
  sm: "h-7 px-2 text-xs [&_svg]:size-3.5",
  md: "h-8 px-3 text-sm [&_svg]:size-4",
};

const SQUARE: Record<ButtonSize, string> = {
  sm: "size-7 [&_svg]:size-3.5",
  md: "size-8 [&_svg]:size-4",
};

function look(variant: ButtonVariant, shape: string, className?: string): string {
  return clsx(
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap",
    "transition-colors duration-100 select-none [&_svg]:shrink-0",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50",
    VARIANT[variant],
    shape,
    className,
  );
}

type Common = { variant?: ButtonVariant; size?: ButtonSize; icon?: ReactNode };

export type ButtonProps = Common & ComponentProps<"button"> & { pending?: boolean };

export function Button(props: ButtonProps) {
  const { variant = "secondary", size = "md", icon, pending, className, children, disabled, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      className={look(variant, SIZE[size], className)}
    >
      {pending ? <Spinner /> : icon}
      {children}
    </button>
  );
}

export type ButtonLinkProps = Common & PageLinkProps;

/** Looks like a button, is a link: for what only goes somewhere. */
export function ButtonLink(props: ButtonLinkProps) {
  const { variant = "secondary", size = "md", icon, className, children, ...rest } = props;
  return (
    <PageLink {...rest} className={look(variant, SIZE[size], className)}>
      {icon}
      {children}
    </PageLink>
  );
}

export type ButtonAnchorProps = Common & ComponentProps<"a">;

/** A link out of this app's own navigation: a download, or another server. Nothing fetches it ahead. */
export function ButtonAnchor(props: ButtonAnchorProps) {
  const { variant = "secondary", size = "md", icon, className, children, ...rest } = props;
  return (
    <a {...rest} className={look(variant, SIZE[size], className)}>
      {icon}
      {children}
    </a>
  );
}

export type IconButtonProps = Omit<ButtonProps, "icon" | "aria-label"> & { label: string };

/** A button of one icon. The label is its name for screen readers and its tip for everybody else. */
export function IconButton(props: IconButtonProps) {
  const { variant = "ghost", size = "md", label, pending, className, children, disabled, ...rest } = props;
  return (
    <button
      type="button"
      data-tip={label}
      {...rest}
      aria-label={label}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      className={look(variant, SQUARE[size], className)}
    >
      {pending ? <Spinner /> : children}
    </button>
  );
}
