import { Sparkles } from "lucide-react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/lib/format";
import type { Usage } from "@/lib/redis/usage/schema";

/** How many memories of each importance, 1 to 10. */
export function ImportanceCard({ importance }: { importance: Usage["importance"] }) {
  const total = importance.counts.reduce((sum, count) => sum + count, 0);
  const most = Math.max(1, ...importance.counts);
  if (total === 0) return null;
  return (
    <Card>
      <CardHeader
        icon={<Sparkles aria-hidden />}
        title="Memories by importance"
        description={importance.other > 0 ? `${formatCount(importance.other)} without one` : undefined}
      />
      <CardBody>
        <ul aria-label="Memories by importance" className="flex h-28 items-end gap-1">
          {importance.counts
            .map((count, at) => ({ level: at + 1, count }))
            .map(({ level, count }) => (
              <li
                key={level}
                className="flex h-full min-w-0 flex-1 flex-col items-center justify-end gap-1 text-2xs"
              >
                <span className="text-fg-muted">
                  <span className="sr-only">importance {level}: </span>
                  {count > 0 ? formatCount(count) : ""}
                </span>
                <span
                  aria-hidden
                  data-fill
                  className="w-full rounded-t-[2px] bg-class-memories"
                  style={{ height: `${(count / most) * 70}%`, minHeight: count > 0 ? 2 : 1 }}
                />
                <span aria-hidden className="text-fg-muted">
                  {level}
                </span>
              </li>
            ))}
        </ul>
      </CardBody>
    </Card>
  );
}
