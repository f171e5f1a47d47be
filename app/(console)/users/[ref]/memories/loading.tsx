import { MemoryCardsSkeleton } from "@/components/memories/memory-skeletons";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        <Skeleton className="h-8 w-full sm:w-72" />
        <Skeleton className="h-8 w-52 max-sm:hidden" />
      </div>
      <Skeleton className="h-8 w-full max-lg:hidden" />
      <MemoryCardsSkeleton />
    </div>
  );
}
