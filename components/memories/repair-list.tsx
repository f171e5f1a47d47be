"use client";

import { Wrench } from "lucide-react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast-store";
import { formatDateTime } from "@/lib/format";
import type { MemoryDetail } from "@/lib/redis/memories/types";
import { ActionError } from "./action-error";
import { useRepairMemory } from "./mutations";

export type RepairListProps = { userRef: string; memory: MemoryDetail };

type Repair = {
  repair: "user_id" | "seconds" | "timestamp";
  label: string;
  says: string;
  timestampSeconds?: number;
};

/** What is missing or in another unit, each with its one cure. Texts and importances are mended by editing. */
export function RepairList({ userRef, memory }: RepairListProps) {
  const mend = useRepairMemory(userRef);
  const repairs = repairsOf(memory);
  const { version } = memory;
  if (repairs.length === 0 || version === null) return null;
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-wrap gap-2">
        {repairs.map(({ label, says, ...repair }) => (
          <li key={repair.repair}>
            <Button
              size="sm"
              icon={<Wrench />}
              data-tip={says}
              pending={mend.isPending && mend.variables.repair === repair.repair}
              disabled={mend.isPending}
              onClick={() =>
                mend.mutate(
                  { memory: memory.ref, version, ...repair },
                  { onSuccess: () => toast.success("Mended") },
                )
              }
            >
              {label}
            </Button>
          </li>
        ))}
      </ul>
      <ActionError error={mend.error} title="It was not mended" />
    </div>
  );
}

function repairsOf({ notes, timestampProblem = "", timestampMs, readAtMs }: MemoryDetail): Repair[] {
  const repairs: Repair[] = [];
  if (notes.some((note) => note.includes("no user_id"))) {
    repairs.push({
      repair: "user_id",
      label: "Write its user_id",
      says: "The id that its key names is written; nothing else is touched",
    });
  }
  if (timestampProblem.includes("milliseconds") && timestampMs !== null) {
    repairs.push({
      repair: "seconds",
      label: "Make its timestamp seconds",
      says: `${Math.floor(timestampMs / 1_000)}: ${formatDateTime(timestampMs, "utc")}`,
    });
  } else if (timestampProblem !== "") {
    const timestampSeconds = Math.floor(readAtMs / 1_000);
    repairs.push({
      repair: "timestamp",
      label: "Set its timestamp to now",
      says: `${timestampSeconds}: when it was learned is not known`,
      timestampSeconds,
    });
  }
  return repairs;
}
