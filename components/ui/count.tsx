import { formatCount } from "@/lib/format";

export type CountProps = {
  value: number;
  /** There are this many and perhaps more. */
  atLeast?: boolean;
  className?: string;
};

export function Count({ value, atLeast, className }: CountProps) {
  if (!atLeast) return <span className={className}>{formatCount(value)}</span>;
  return (
    <span className={className} data-tip={`At least ${formatCount(value)}: not all was counted`}>
      <span aria-hidden>{formatCount(value)}+</span>
      <span className="sr-only">at least {formatCount(value)}</span>
    </span>
  );
}
