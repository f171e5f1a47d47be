import { Card, CardBody } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["a", "b", "c", "d"];

export function SetListSkeleton() {
  return (
    <Card aria-hidden>
      <CardBody className="flex flex-col gap-3">
        {ROWS.slice(0, 3).map((row) => (
          <Skeleton key={row} className="h-12 w-full" />
        ))}
      </CardBody>
    </Card>
  );
}

export function SetSkeleton() {
  return (
    <>
      <Card aria-hidden>
        <CardBody className="flex flex-col gap-3">
          <Skeleton className="h-6 w-64" />
          <Skeleton className="h-32 w-full" />
        </CardBody>
      </Card>
      <Card aria-hidden>
        <CardBody className="flex flex-col gap-3">
          {ROWS.map((row) => (
            <Skeleton key={row} className="h-9 w-full" />
          ))}
        </CardBody>
      </Card>
    </>
  );
}
