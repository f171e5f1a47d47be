import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** The shapes of the overview's numbers. */
export function TilesSkeleton() {
  return (
    <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_minmax(0,2fr)]">
      <Skeleton className="h-28 w-full rounded-lg" />
      <Skeleton className="h-28 w-full rounded-lg md:max-xl:order-last md:max-xl:col-span-2" />
      <Skeleton className="h-28 w-full rounded-lg" />
    </div>
  );
}

export function AttentionSkeleton() {
  return (
    <Card>
      <SkeletonRows rows={5} columns={2} label="Loading what needs attention" />
    </Card>
  );
}
