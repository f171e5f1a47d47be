import { Skeleton } from "@/components/ui/skeleton";

export function HitsSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Searching" className="flex flex-col">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex gap-3 border-b px-4 py-3 last:border-0">
          <Skeleton className="h-5 w-5" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-5 w-2/3" />
            <Skeleton className="h-4 w-1/3" />
          </div>
          <Skeleton className="h-5 w-24" />
        </div>
      ))}
    </div>
  );
}
