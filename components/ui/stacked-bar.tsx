import clsx from "clsx";
import { formatCount, formatPercent } from "@/lib/format";
import { PageLink } from "./page-link";

export type BarPart = {
  label: string;
  value: number;
  /** A CSS colour, usually a token: "var(--accent)". */
  color: string;
  /** How the value is written; grouped digits where none is given. */
  valueText?: string;
  href?: string;
};

export type StackedBarProps = {
  parts: BarPart[];
  /** What is divided, for screen readers. */
  label: string;
  /** Label and value of every part under the bar. Without it each part tells only on hover. */
  labels?: boolean;
  className?: string;
};

export function StackedBar({ parts, label, labels = true, className }: StackedBarProps) {
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  const shown = parts.filter((part) => part.value > 0);
  const told = shown.map((part) => `${part.label} ${text(part)}`).join(", ");
  return (
    <div className={clsx("min-w-0", className)}>
      <div
        role="img"
        aria-label={`${label}: ${told || "nothing"}`}
        className="flex h-2 gap-px overflow-hidden rounded-sm bg-line"
      >
        {shown.map((part) => (
          <div
            key={part.label}
            data-fill
            data-tip={`${part.label} · ${text(part)} · ${formatPercent(part.value / total)}`}
            // A part too small to see is still there.
            className="min-w-[3px]"
            style={{ flexGrow: part.value, flexBasis: 0, background: part.color }}
          />
        ))}
      </div>
      {labels ? (
        <ul className="mt-2 flex flex-wrap gap-x-3 gap-y-1 text-xs text-fg-muted">
          {parts.map((part) => (
            <li key={part.label} className="inline-flex items-center gap-1.5 whitespace-nowrap">
              <span
                aria-hidden
                data-fill
                className="size-2 rounded-[2px]"
                style={{ background: part.color }}
              />
              {part.href ? (
                <PageLink href={part.href} className="rounded-sm hover:text-fg hover:underline">
                  {part.label}
                </PageLink>
              ) : (
                part.label
              )}
              <span className="font-medium text-fg">{text(part)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function text(part: BarPart): string {
  return part.valueText ?? formatCount(part.value);
}
