import { Ban, ShieldQuestionMark, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/lib/format";
import type { LimitState } from "@/lib/redis/keyspace/survey-schema";

export type UserStateProps = { state: LimitState | null; disputed: number };

/** What is out of the ordinary with a person, as badges. */
export function UserState({ state, disputed }: UserStateProps) {
  return (
    <span className="inline-flex flex-wrap gap-1 max-sm:justify-end">
      {state === "blocked" ? (
        <Badge tone="warn" icon={<Ban />}>
          Blocked
        </Badge>
      ) : null}
      {state === "stuck" ? (
        <Badge
          tone="warn"
          icon={<TriangleAlert />}
          data-tip="A request counter lost its life: it never starts again from 0."
        >
          Stuck counter
        </Badge>
      ) : null}
      {disputed > 0 ? (
        <Badge
          icon={<ShieldQuestionMark className="text-class-disputed-fg" />}
          data-tip="Keys under this name whose owner is in doubt"
        >
          {formatCount(disputed)} disputed
        </Badge>
      ) : null}
    </span>
  );
}
