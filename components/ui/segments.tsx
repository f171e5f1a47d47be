import clsx from "clsx";

export type SegmentsProps = {
  value: number;
  max?: number;
  label: string;
  color?: string;
  className?: string;
};

/** A small whole number as that many filled pieces, with the number beside them. */
export function Segments({ value, max = 10, label, color = "var(--accent)", className }: SegmentsProps) {
  return (
    <span
      role="img"
      aria-label={`${label} ${value} of ${max}`}
      className={clsx("inline-flex items-center gap-1.5", className)}
    >
      <span className="inline-flex gap-px">
        {Array.from({ length: max }, (_, index) => index).map((index) => (
          <span
            key={index}
            data-fill
            className="h-2.5 w-1.5 first:rounded-l-sm last:rounded-r-sm"
            style={{ background: index < value ? color : "var(--line)" }}
          />
        ))}
      </span>
      <span className="text-xs text-fg-muted">{value}</span>
    </span>
  );
}
