"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useUntoldInterval } from "@/components/query/live";
import { QueryState } from "@/components/query/query-state";
import { Mono } from "@/components/ui/code";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Sheet } from "@/components/ui/sheet";
import type { MemoryDetail as Detail } from "@/lib/redis/memories/types";
import { CategoryChip } from "./category-chip";
import { CategoryDialog } from "./category-dialog";
import { DeleteMemory } from "./delete-memory";
import { EditMemory } from "./edit-memory";
import { LifeDialog } from "./life-dialog";
import { MemoryActions, type MemoryDeed } from "./memory-actions";
import { MemoryDetail } from "./memory-detail";
import { MemoryDetailSkeleton } from "./memory-skeletons";
import { BUILDING_MS, memoryQuery, whileBuilding } from "./queries";

export type MemorySheetProps = {
  userRef: string;
  /** Reference of the memory that is open. */
  memory: string;
  canEdit: boolean;
  onClose: () => void;
  /** It has another name now: show that one. */
  onMoved: (memory: string) => void;
};

export function MemorySheet({ userRef, memory, canEdit, onClose, onMoved }: MemorySheetProps) {
  const often = useUntoldInterval(BUILDING_MS);
  /** It is being taken away, or given another name: Redis tells of that before the answer comes. */
  const [leaving, setLeaving] = useState(false);
  const query = useQuery({
    ...memoryQuery(userRef, memory),
    enabled: !leaving,
    refetchInterval: ({ state }) => whileBuilding(often, state.data),
  });
  /** The memory that the edit is based on: as it was when editing began, or as somebody saved it since. */
  const [editing, setEditing] = useState<Detail | null>(null);
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState<"leave" | "stop" | Exclude<MemoryDeed, "edit"> | null>(null);
  const now = query.data;
  const ask = (what: typeof asking) => (open: boolean) => setAsking(open ? what : null);

  function close() {
    if (dirty) setAsking("leave");
    else onClose();
  }
  function cancelEditing() {
    if (dirty) setAsking("stop");
    else stopEditing();
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
          <MemoryActions
            memory={now}
            onDo={(deed) => (deed === "edit" ? setEditing(now) : setAsking(deed))}
          />
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
              userRef={userRef}
              memory={editing}
              theirs={data.version === editing.version ? null : data}
              onRebase={setEditing}
              onDone={stopEditing}
              onCancel={cancelEditing}
              onDirty={setDirty}
            />
          ) : (
            <MemoryDetail userRef={userRef} memory={data} canEdit={canEdit} />
          )
        }
      </QueryState>
      {now ? (
        <DeleteMemory
          userRef={userRef}
          memory={now}
          open={asking === "delete"}
          onOpenChange={ask("delete")}
          onDeleted={onClose}
          onLeaving={setLeaving}
        />
      ) : null}
      {now && asking === "life" ? (
        <LifeDialog userRef={userRef} memory={now} onClose={() => setAsking(null)} />
      ) : now && asking === "category" ? (
        <CategoryDialog
          userRef={userRef}
          memory={now}
          onClose={() => setAsking(null)}
          onMoved={onMoved}
          onLeaving={setLeaving}
        />
      ) : null}
      <ConfirmDialog
        open={asking === "leave" || asking === "stop"}
        onOpenChange={ask(asking)}
        title="Leave without saving?"
        body="What you changed in this memory is not saved."
        confirmLabel="Leave without saving"
        cancelLabel="Go on editing"
        onConfirm={asking === "stop" ? stopEditing : onClose}
      />
    </Sheet>
  );
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
