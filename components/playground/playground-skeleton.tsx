import { Card, CardBody } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** In the shape of what comes: two cards to choose from, or a conversation and its side. */
export function PlaygroundSkeleton({ running }: { running: boolean }) {
  const columns = running ? "lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]" : "md:grid-cols-2";
  return (
    <div role="status" aria-label="Loading" className={`grid items-start gap-4 ${columns}`}>
      {["left", "right"].map((side) => (
        <Card key={side}>
          <CardBody className="flex flex-col gap-3">
            <Skeleton className="h-5 w-2/5" />
            <Skeleton className="h-4 w-4/5" />
            <Skeleton className={running && side === "left" ? "h-72 w-full" : "h-20 w-full"} />
          </CardBody>
        </Card>
      ))}
    </div>
  );
}
