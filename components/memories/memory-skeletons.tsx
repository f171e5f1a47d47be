import type { Ref } from "react";
import { Skeleton } from "@/components/ui/skeleton";

export const CARD_GRID = "grid grid-cols-1 gap-3 xl:grid-cols-2";

type CardSkeletonProps = { index: number; row?: number; count?: number; ref?: Ref<HTMLLIElement> };

/** The place of a card that is on its way. */
export function CardSkeleton({ index, row, count, ref }: CardSkeletonProps) {
  return (
    <li
      ref={ref}
      data-row={row}
      aria-hidden
      aria-setsize={count}
      aria-posinset={index + 1}
      className="flex min-h-[106px] list-none flex-col gap-3 rounded-lg border bg-surface px-4 py-3"
    >
      <div className="flex items-center justify-between">
        <Skeleton className="h-5 w-20" />
        <Skeleton className="h-2.5 w-24" />
      </div>
      <Skeleton className={index % 3 === 0 ? "h-4 w-4/5" : index % 3 === 1 ? "h-4 w-3/5" : "h-4 w-2/3"} />
      <div className="flex gap-3">
        <Skeleton className="h-3 w-16" />
        <Skeleton className="h-3 w-12" />
        <Skeleton className="ml-auto h-3 w-16" />
      </div>
    </li>
  );
}

export function MemoryCardsSkeleton({ cards = 8 }: { cards?: number }) {
  return (
    <div role="status" aria-label="Loading memories">
      <ul className={CARD_GRID}>
        {Array.from({ length: cards }, (_, index) => index).map((index) => (
          <CardSkeleton key={index} index={index} />
        ))}
      </ul>
    </div>
  );
}

export function MemoryDetailSkeleton() {
  return (
    <div role="status" aria-label="Loading the memory" className="flex flex-col gap-4">
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-5 w-3/5" />
      <Skeleton className="h-40 w-full" />
      <Skeleton className="h-24 w-full" />
    </div>
  );
}
