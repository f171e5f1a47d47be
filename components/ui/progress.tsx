import clsx from "clsx";
import { formatPercent } from "@/lib/format";
import { TONE_FILL, type Tone } from "./tones";

export type ProgressProps = {
  value: number;
  max: number;
  label: string;
  /** Written at the right end; the share of it all where none is given. */
  valueText?: string;
  tone?: Tone;
};

/** Work under way: how much of how much. */
export function Progress({ value, max, label, valueText, tone = "accent" }: ProgressProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-2 text-xs">
        <span className="min-w-0 truncate text-fg-muted">{label}</span>
        <span className="shrink-0 font-medium">{valueText ?? formatPercent(share)}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={valueText}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          data-fill
          className={clsx("h-full rounded-full transition-[width] duration-150", TONE_FILL[tone])}
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}

export type MeterProps = { value: number; max: number; label?: string; tone?: Tone; className?: string };

/** How full something is. The number stands beside it, written by whoever draws it. */
export function Meter({ value, max, label, tone = "neutral", className }: MeterProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  const told = label
    ? { role: "meter", "aria-label": label, "aria-valuenow": value, "aria-valuemin": 0, "aria-valuemax": max }
    : { "aria-hidden": true };
  return (
    <div {...told} className={clsx("h-1.5 min-w-0 overflow-hidden rounded-full bg-line", className)}>
      <div
        data-fill
        className={clsx("h-full rounded-full transition-[width] duration-150", TONE_FILL[tone])}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}
