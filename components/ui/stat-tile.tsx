import clsx from "clsx";
import type { ReactNode } from "react";
import { PageLink } from "./page-link";

export type StatTileProps = {
  label: ReactNode;
  value: ReactNode;
  hint?: ReactNode;
  icon?: ReactNode;
  href?: string;
  children?: ReactNode;
  className?: string;
};

/** One number and what it means. With `href` the label is a link that covers the tile. */
export function StatTile({ label, value, hint, icon, href, children, className }: StatTileProps) {
  return (
    <div
      className={clsx(
        "relative flex min-w-0 flex-col gap-1 rounded-lg border bg-surface px-4 py-3",
        href && "transition-colors duration-100 hover:border-line-strong hover:bg-hover",
        className,
      )}
    >
      <div className="flex items-center gap-1.5 text-xs font-medium text-fg-muted [&_svg]:size-3.5 [&_svg]:text-fg-subtle">
        {icon}
        {href ? (
          <PageLink href={href} className="after:absolute after:inset-0 after:rounded-lg">
            {label}
          </PageLink>
        ) : (
          label
        )}
      </div>
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-2xl font-semibold tracking-tight">{value}</span>
        {hint ? <span className="text-xs text-fg-muted">{hint}</span> : null}
      </div>
      {/* Links inside stay above the one that covers the tile. */}
      {children ? <div className="relative mt-1">{children}</div> : null}
    </div>
  );
}
