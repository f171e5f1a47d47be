import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { formatCount } from "@/lib/format";

export type StreamEdgeProps = {
  atStart: boolean;
  loading: boolean;
  failed: boolean;
  /** Older messages that are not here yet. */
  left: number;
  onRetry: () => void;
};

/** Above the oldest message that is here: the beginning, or what is on its way. */
export function StreamEdge({ atStart, loading, failed, left, onRetry }: StreamEdgeProps) {
  return (
    <div className="absolute inset-x-0 top-0 flex h-11 items-center justify-center gap-2 text-xs text-fg-subtle">
      {atStart ? (
        <span>The oldest message that is kept</span>
      ) : failed ? (
        <>
          <span>Older messages could not be read.</span>
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        </>
      ) : (
        <>
          {loading ? <Spinner /> : null}
          <span>
            {formatCount(left)} older {left === 1 ? "message" : "messages"}
          </span>
        </>
      )}
    </div>
  );
}
