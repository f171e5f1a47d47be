import { Skeleton } from "@/components/ui/skeleton";

const BUBBLES = ["w-2/3", "w-1/2 self-end", "w-3/4", "w-2/5 self-end", "w-1/2", "w-3/5 self-end"];

/** The shape of a conversation that is on its way. */
export function ConversationSkeleton() {
  return (
    <div role="status" aria-label="Loading the conversation" className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-col gap-3 border-b px-4 py-3.5">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-4 w-3/5" />
      </div>
      <div className="flex flex-1 flex-col justify-end gap-6 overflow-hidden px-4 py-4">
        {BUBBLES.map((shape) => (
          <Skeleton key={shape} className={`h-12 shrink-0 rounded-lg ${shape}`} />
        ))}
      </div>
    </div>
  );
}
