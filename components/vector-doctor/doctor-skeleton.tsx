import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export function DoctorSkeleton() {
  return (
    <Card>
      <div className="flex h-11 items-center border-b px-4">
        <Skeleton className="h-5 w-32" />
      </div>
      <SkeletonRows rows={4} columns={4} label="Asking the doctor" />
    </Card>
  );
}
