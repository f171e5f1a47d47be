"use client";

import { History } from "lucide-react";
import { useId } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { TimeAgo } from "@/components/ui/time-ago";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount, formatDateTime } from "@/lib/format";
import type { LimitChange } from "@/lib/redis/rate-limits/schema";

export type ChangesCardProps = {
  changes: LimitChange[];
  title: string;
  /** What holds again after a setting was taken back. */
  taken?: string;
};

/** Who set which limit, when, and why. Nothing where nobody did. */
export function ChangesCard({ changes, title, taken = "back to the default" }: ChangesCardProps) {
  const id = useId();
  if (changes.length === 0) return null;
  return (
    <Card aria-labelledby={id}>
      <CardHeader id={id} icon={<History aria-hidden />} title={title} />
      <ul className="divide-y text-sm">
        {changes.map((change) => (
          <li
            key={`${change.atMs} ${change.window}`}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2"
          >
            <span>{inWords(change, taken)}</span>
            {change.reason ? (
              <VisibleText inline text={change.reason} className="min-w-0 text-fg-muted" />
            ) : null}
            <span className="ml-auto text-xs text-fg-muted">
              <span data-tip={change.byId ? `Operator ${change.byId}` : undefined}>{change.by}</span>{" "}
              <TimeAgo ms={change.atMs} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function inWords({ window, limit, untilMs }: LimitChange, taken: string): string {
  if (limit === null) return `Per ${window}: ${taken}`;
  const until = untilMs === null ? "" : `, until ${formatDateTime(untilMs, "utc")}`;
  return `Per ${window}: ${formatCount(limit)} requests${until}`;
}
