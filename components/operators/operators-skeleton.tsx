import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["a", "b", "c", "d"];

export function OperatorsSkeleton() {
  return (
    <div className="flex flex-col gap-3 p-4">
      {ROWS.map((row) => (
        <Skeleton key={row} className="h-7 w-full" />
      ))}
    </div>
  );
}
