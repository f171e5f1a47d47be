import clsx from "clsx";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { PageLink } from "./page-link";

export type SortState = "asc" | "desc" | null;

export type TableProps = ComponentProps<"table"> & {
  /** What the table lists, for screen readers. */
  caption: string;
  /** j and k walk its rows. */
  list?: boolean;
};

/**
 * Dense rows with a head that stays. Under 640 px each row becomes a stack of "label  value" lines: a phone
 * has no room for columns, and scrolling sideways loses the row.
 */
export function Table({ caption, list, className, children, ...rest }: TableProps) {
  return (
    <div className="sm:max-lg:overflow-x-auto">
      <table
        {...rest}
        data-list={list ? "" : undefined}
        className={clsx("w-full border-separate border-spacing-0 text-sm max-sm:block", className)}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

export function THead({ children, className, ...rest }: ComponentProps<"thead">) {
  return (
    <thead {...rest} className={clsx("max-sm:sr-only", className)}>
      {children}
    </thead>
  );
}

export function TBody({ children, className, ...rest }: ComponentProps<"tbody">) {
  return (
    <tbody {...rest} className={clsx("max-sm:block", className)}>
      {children}
    </tbody>
  );
}

export function TR({ children, className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...rest}
      className={clsx(
        "group/row max-sm:block max-sm:border-b max-sm:py-2 max-sm:last:border-0",
        "[tbody_&]:hover:bg-hover [tbody_&]:focus-within:bg-hover aria-selected:bg-accent-bg",
        className,
      )}
    >
      {children}
    </tr>
  );
}

export type THProps = Omit<ComponentProps<"th">, "align"> & {
  align?: "left" | "right";
  /** Given (null too), the column can be sorted, by a link or by a function. */
  sort?: SortState;
  href?: string;
  onSort?: () => void;
};

export function TH({ align = "left", sort, href, onSort, className, children, ...rest }: THProps) {
  const sortable = href !== undefined || onSort !== undefined;
  const inner = clsx(
    "inline-flex items-center gap-1 rounded-sm align-middle hover:text-fg [&_svg]:size-3",
    sort && "text-fg",
    align === "right" && "flex-row-reverse",
  );
  const label = (
    <>
      {children}
      <SortMark sort={sort ?? null} />
    </>
  );
  return (
    <th
      scope="col"
      {...rest}
      aria-sort={sort === "asc" ? "ascending" : sort === "desc" ? "descending" : undefined}
      className={clsx(
        "h-8 border-b bg-surface px-3 text-xs font-medium whitespace-nowrap text-fg-muted first:pl-4 last:pr-4",
        "z-10 lg:sticky lg:top-[var(--table-top,48px)]",
        align === "right" ? "text-right" : "text-left",
        className,
      )}
    >
      {!sortable ? (
        children
      ) : href !== undefined ? (
        <PageLink href={href} scroll={false} className={inner}>
          {label}
        </PageLink>
      ) : (
        <button type="button" onClick={onSort} className={inner}>
          {label}
        </button>
      )}
    </th>
  );
}

function SortMark({ sort }: { sort: SortState }) {
  if (sort === "asc") return <ArrowUp aria-hidden />;
  if (sort === "desc") return <ArrowDown aria-hidden />;
  return <ChevronsUpDown aria-hidden className="opacity-40" />;
}

export type TDProps = Omit<ComponentProps<"td">, "align"> & {
  align?: "left" | "right";
  /** Shown before the value where rows are stacked. Left out, the cell takes the whole line. */
  label?: string;
  children?: ReactNode;
};

export function TD({ align = "left", label, className, children, ...rest }: TDProps) {
  return (
    <td
      {...rest}
      data-label={label}
      className={clsx(
        "h-9 border-b px-3 py-1 align-middle first:pl-4 last:pr-4 [tr:last-child_&]:border-b-0",
        "max-sm:flex max-sm:h-auto max-sm:min-h-7 max-sm:items-center max-sm:gap-3 max-sm:border-0 max-sm:px-4 max-sm:py-1",
        label &&
          "max-sm:justify-between max-sm:before:shrink-0 max-sm:before:text-fg-muted max-sm:before:content-[attr(data-label)]",
        align === "right" && "text-right",
        className,
      )}
    >
      {children}
    </td>
  );
}
