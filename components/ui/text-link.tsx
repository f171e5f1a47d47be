import clsx from "clsx";
import { PageLink, type PageLinkProps } from "./page-link";

export function TextLink({ className, ...props }: PageLinkProps) {
  return (
    <PageLink
      {...props}
      className={clsx("rounded-sm text-accent-fg underline-offset-2 hover:underline", className)}
    />
  );
}
