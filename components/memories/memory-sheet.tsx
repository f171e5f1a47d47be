"use client";

import { useQuery } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useUntoldInterval } from "@/components/query/live";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/code";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Sheet } from "@/components/ui/sheet";
import type { MemoryDetail as Detail } from "@/lib/redis/memories/types";
import { CategoryChip } from "./category-chip";
import { DeleteMemory } from "./delete-memory";
import { EditMemory } from "./edit-memory";
import { MemoryDetail } from "./memory-detail";
import { MemoryDetailSkeleton } from "./memory-skeletons";
import { BUILDING_MS, memoryQuery, whileBuilding } from "./queries";

export type MemorySheetProps = {
  userRef: string;
  /** Reference of the memory that is open. */
  memory: string;
  canEdit: boolean;
  onClose: () => void;
};

export function MemorySheet({ userRef, memory, canEdit, onClose }: MemorySheetProps) {
  const often = useUntoldInterval(BUILDING_MS);
  const query = useQuery({
    ...memoryQuery(userRef, memory),
    refetchInterval: ({ state }) => whileBuilding(often, state.data),
  });
  /** The memory as it was when editing began. */
  const [editing, setEditing] = useState<Detail | null>(null);
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState<"discard" | "delete" | null>(null);
  const now = query.data;

  function close() {
    if (dirty) setAsking("discard");
    else onClose();
  }
  function stopEditing() {
    setEditing(null);
    setDirty(false);
  }

  return (
    <Sheet
      open
      onOpenChange={(open) => (open ? undefined : close())}
      size="lg"
      title={<Title memory={now} />}
      description={now ? <Mono className="text-xs">{now.keyName}</Mono> : undefined}
      footer={
        now && canEdit && !editing ? (
          <>
            <Button
              variant="ghost"
              icon={<Trash2 />}
              className="mr-auto text-danger-fg hover:text-danger-fg"
              onClick={() => setAsking("delete")}
            >
              Delete
            </Button>
            <Button
              icon={<Pencil />}
              disabled={now.version === null}
              data-tip={now.version === null ? whyNotEdited(now) : undefined}
              onClick={() => setEditing(now)}
            >
              Edit
            </Button>
          </>
        ) : undefined
      }
    >
      <QueryState
        query={query}
        skeleton={<MemoryDetailSkeleton />}
        errorTitle="This memory could not be read"
      >
        {(data) =>
          editing ? (
            <EditMemory
              key={editing.version}
              userRef={userRef}
              memory={editing}
              changedMeanwhile={data.version !== editing.version}
              onReload={() => {
                setDirty(false);
                setEditing(data);
              }}
              onDone={stopEditing}
              onDirty={setDirty}
            />
          ) : (
            <MemoryDetail memory={data} />
          )
        }
      </QueryState>
      {now ? (
        <DeleteMemory
          userRef={userRef}
          memory={now}
          open={asking === "delete"}
          onOpenChange={(open) => setAsking(open ? "delete" : null)}
          onDeleted={onClose}
        />
      ) : null}
      <ConfirmDialog
        open={asking === "discard"}
        onOpenChange={(open) => setAsking(open ? "discard" : null)}
        title="Leave without saving?"
        body="What you changed in this memory is not saved."
        confirmLabel="Leave without saving"
        cancelLabel="Go on editing"
        onConfirm={onClose}
      />
    </Sheet>
  );
}

function whyNotEdited({ masked }: Detail): string {
  return masked
    ? "It is masked: reveal this person, or show ids and texts again"
    : "Its text is too long to be edited here";
}

function Title({ memory }: { memory: Detail | undefined }) {
  if (!memory) return "Memory";
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-2">
      Memory <CategoryChip category={memory.category} />
      <Mono className="text-sm font-normal text-fg-muted">{memory.number}</Mono>
    </span>
  );
}
