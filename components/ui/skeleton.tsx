import clsx from "clsx";

export function Skeleton({ className = "h-4 w-full" }: { className?: string }) {
  return <div aria-hidden className={clsx("skeleton rounded-sm", className)} />;
}

const WIDTHS = ["w-3/5", "w-2/5", "w-1/2", "w-1/3", "w-2/3"];

export type SkeletonRowsProps = { rows?: number; columns?: number; label?: string };

/** The shape of a table that is on its way: same row height, so nothing moves when it comes. */
export function SkeletonRows({ rows = 8, columns = 4, label = "Loading" }: SkeletonRowsProps) {
  return (
    <div role="status" aria-label={label}>
      {range(rows).map((row) => (
        <div key={row} className="flex h-9 items-center gap-6 border-b px-4 last:border-b-0">
          {range(columns).map((column) => (
            <div key={column} className={clsx("flex-1", column > 1 && "max-sm:hidden")}>
              <Skeleton className={clsx("h-3", WIDTHS[(row + column * 2) % WIDTHS.length])} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
