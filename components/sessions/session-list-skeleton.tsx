import { Skeleton } from "@/components/ui/skeleton";

const WIDTHS = ["w-4/5", "w-3/5", "w-2/3", "w-1/2", "w-3/4", "w-5/6", "w-2/5", "w-7/12"];

/** The shape of a list of sessions that is on its way. */
export function SessionListSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading sessions" className="divide-y">
      {WIDTHS.slice(0, rows).map((width) => (
        <div key={width} className="flex h-[61px] flex-col justify-center gap-2 px-4">
          <Skeleton className={`h-3.5 ${width}`} />
          <Skeleton className="h-3 w-2/5" />
        </div>
      ))}
    </div>
  );
}
