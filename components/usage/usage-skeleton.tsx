import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

const TILES = ["a", "b", "c", "d", "e", "f"];

/** The shape of the memory use page. */
export function UsageSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
        {TILES.map((tile) => (
          <Skeleton key={tile} className="h-24 w-full rounded-lg" />
        ))}
      </div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
        <Card>
          <SkeletonRows rows={10} columns={2} />
        </Card>
        <Card>
          <SkeletonRows rows={10} columns={2} />
        </Card>
      </div>
    </div>
  );
}
