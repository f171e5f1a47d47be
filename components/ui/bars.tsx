import clsx from "clsx";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format";
import { PageLink } from "./page-link";

export type Bar = {
  /** Identity; also the label where none is given. */
  id: string;
  label?: ReactNode;
  value: number;
  valueText?: ReactNode;
  color?: string;
  href?: string;
  /** Parts of this bar, drawn instead of one colour. */
  parts?: Array<{ value: number; color: string; label: string }>;
};

export type BarsProps = { items: Bar[]; label: string; max?: number; className?: string };

/** Horizontal bars from zero, each with its own label and number: no axis, no legend to look up. */
export function Bars({ items, label, max, className }: BarsProps) {
  const full = max ?? Math.max(1, ...items.map((item) => item.value));
  return (
    <ul aria-label={label} className={clsx("flex flex-col gap-1", className)}>
      {items.map((item) => (
        <li
          key={item.id}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 py-1 text-sm"
        >
          <span className="min-w-0 truncate">
            {item.href ? (
              <PageLink href={item.href} className="rounded-sm hover:underline">
                {item.label ?? item.id}
              </PageLink>
            ) : (
              (item.label ?? item.id)
            )}
          </span>
          <span className="text-right text-fg-muted">{item.valueText ?? formatCount(item.value)}</span>
          <span aria-hidden className="col-span-2 flex h-1.5 overflow-hidden rounded-sm bg-sunken">
            <span
              className="flex gap-px overflow-hidden rounded-sm"
              style={{ width: `${(item.value / full) * 100}%` }}
            >
              {(item.parts ?? [{ value: 1, color: item.color ?? "var(--fg-subtle)", label: item.id }]).map(
                (part) => (
                  <span
                    key={part.label}
                    data-fill
                    className="min-w-0.5"
                    style={{ flexGrow: part.value, flexBasis: 0, background: part.color }}
                  />
                ),
              )}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
