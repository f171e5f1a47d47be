import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export function IndexesSkeleton() {
  return (
    <Card>
      <div className="flex h-11 items-center border-b px-4">
        <Skeleton className="h-5 w-48" />
      </div>
      <div className="grid grid-cols-2 gap-4 border-b p-4 lg:grid-cols-4">
        {["documents", "built", "left out", "size"].map((name) => (
          <div key={name} className="flex flex-col gap-2">
            <Skeleton className="h-4 w-20" />
            <Skeleton className="h-7 w-28" />
          </div>
        ))}
      </div>
      <SkeletonRows rows={5} columns={4} label="Loading the indexes" />
    </Card>
  );
}
