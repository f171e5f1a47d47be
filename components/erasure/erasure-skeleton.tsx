import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** The shape of the holdings and of the line with the button. */
export function ErasureSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Card>
        <div className="flex h-11 items-center border-b px-4">
          <Skeleton className="h-4 w-64" />
        </div>
        <SkeletonRows rows={3} columns={5} label="Looking for what Redis holds of this person" />
        <div className="flex h-9 items-center border-t px-4">
          <Skeleton className="h-3 w-48" />
        </div>
      </Card>
      <Card className="flex h-[68px] items-center justify-between gap-4 px-4">
        <Skeleton className="h-4 w-1/2" />
        <Skeleton className="h-8 w-48" />
      </Card>
    </div>
  );
}
