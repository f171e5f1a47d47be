import { CircleHelp, Waypoints } from "lucide-react";
import { DATA_CLASSES } from "@/components/data-class/data-class";
import { Badge } from "@/components/ui/badge";
import type { IndexedState } from "@/lib/redis/memories/types";

/** Whether search by meaning finds it. The reason stands beside it in words, not only on hover. */
export function IndexedBadge({ indexed }: { indexed: IndexedState }) {
  if (indexed.state === "yes") {
    return (
      <span
        className="inline-flex items-center gap-1 text-xs"
        style={{ color: DATA_CLASSES.index.textColor }}
        data-tip="Search by meaning finds it"
      >
        <Waypoints aria-hidden className="size-3" />
        indexed
      </span>
    );
  }
  if (indexed.state === "words") {
    return (
      <Badge tone="warn" icon={<Waypoints />} data-tip={indexed.reason}>
        words only
      </Badge>
    );
  }
  const unknown = indexed.state === "unknown";
  return (
    <Badge
      tone={unknown ? "neutral" : "warn"}
      icon={unknown ? <CircleHelp /> : <Waypoints />}
      data-tip={indexed.reason}
    >
      {unknown ? "index unknown" : "not indexed"}
    </Badge>
  );
}
