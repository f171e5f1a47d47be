import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** The shape of the overview's numbers. */
export function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_minmax(0,2fr)]">
        <Skeleton className="h-28 w-full rounded-lg" />
        <Skeleton className="h-28 w-full rounded-lg md:max-xl:order-last md:max-xl:col-span-2" />
        <Skeleton className="h-28 w-full rounded-lg" />
      </div>
      <Card>
        <SkeletonRows rows={4} columns={2} label="Loading the overview" />
      </Card>
    </div>
  );
}
