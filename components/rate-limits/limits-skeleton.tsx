import { Card, CardBody } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { BUILT_IN_WINDOWS } from "@/lib/redis/limiter/windows";

/** The shape of the limits page. */
export function LimitsSkeleton() {
  return (
    <div role="status" aria-label="Loading the limits" className="flex flex-col gap-4">
      <div className="flex h-7 items-center">
        <Skeleton className="h-4 w-1/2" />
      </div>
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {BUILT_IN_WINDOWS.map((window) => (
          <Card key={window.name}>
            <div className="flex h-11 items-center border-b px-4">
              <Skeleton className="h-4 w-24" />
            </div>
            <CardBody className="flex flex-col gap-3">
              <Skeleton className="h-8 w-32" />
              <Skeleton className="h-2 w-full" />
              <Skeleton className="h-5 w-2/3" />
            </CardBody>
            <div className="flex h-11 items-center border-t px-4">
              <Skeleton className="h-3 w-28" />
            </div>
          </Card>
        ))}
      </div>
      <Skeleton className="h-40 w-full rounded-lg" />
    </div>
  );
}
