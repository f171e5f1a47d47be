"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { offerUndo } from "@/components/query/offer-undo";
import { runAction } from "@/components/query/run-action";
import {
  createMemoryAction,
  deleteMemoryAction,
  mergeMemoriesAction,
  moveMemoryAction,
  orderBulkAction,
  repairMemoryAction,
  setMemoryLifeAction,
  startBulkAction,
  undoMemoriesAction,
  updateMemoryAction,
} from "@/lib/redis/memories/actions";
import type {
  BulkInput,
  BulkOrder,
  LifeInput,
  MergeInput,
  MoveInput,
  RepairInput,
} from "@/lib/redis/memories/change-schema";
import type { CreateMemoryInput, DeleteMemoryInput, UpdateMemoryInput } from "@/lib/redis/memories/schema";
import { memoryKeys } from "./queries";

/**
 * Everything that was read of this person is old now; also after a failure, for a lost answer may have been a
 * done change. Not waited for: the news is that it is done. `except` is the memory that the caller looks after.
 */
function useRefresh(userRef: string) {
  const client = useQueryClient();
  return (except?: string) => {
    const skipped = except ? JSON.stringify(memoryKeys.one(userRef, except)) : "";
    void client.invalidateQueries({
      queryKey: memoryKeys.user(userRef),
      predicate: ({ queryKey }) => JSON.stringify(queryKey) !== skipped,
    });
  };
}

function useMemoryMutation<Input, Output>(userRef: string, act: (input: Input) => Promise<Output>) {
  const refresh = useRefresh(userRef);
  return useMutation({ mutationFn: act, onSettled: () => refresh() });
}

export function useCreateMemory(userRef: string) {
  return useMemoryMutation(userRef, (input: Omit<CreateMemoryInput, "ref">) =>
    runAction(() => createMemoryAction({ ref: userRef, ...input })),
  );
}

export function useUpdateMemory(userRef: string) {
  const client = useQueryClient();
  const refresh = useRefresh(userRef);
  return useMutation({
    mutationFn: (input: Omit<UpdateMemoryInput, "ref">) =>
      runAction(() => updateMemoryAction({ ref: userRef, ...input })),
    onSettled: async (_data, _error, { memory }) => {
      refresh(memory);
      // Waited for, so that the drawer does not go back to the old text for a moment.
      await client.invalidateQueries({ queryKey: memoryKeys.one(userRef, memory) });
    },
  });
}

export function useRepairMemory(userRef: string) {
  return useMemoryMutation(userRef, (input: Omit<RepairInput, "ref">) =>
    runAction(() => repairMemoryAction({ ref: userRef, ...input })),
  );
}

export function useSetLife(userRef: string) {
  return useMemoryMutation(userRef, (input: Omit<LifeInput, "ref">) =>
    runAction(() => setMemoryLifeAction({ ref: userRef, ...input })),
  );
}

/** A memory that is not there any more is not asked for again. @param leave called first: what showed it goes. */
export function useDeleteMemory(userRef: string, leave: () => void) {
  const refresh = useRefresh(userRef);
  return useMutation({
    mutationFn: async (input: Omit<DeleteMemoryInput, "ref">) => {
      const result = await runAction(() => deleteMemoryAction({ ref: userRef, ...input }));
      leave();
      return result;
    },
    onSettled: (_data, _error, { memory }) => refresh(memory),
  });
}

/** @param follow called first, with the new reference: the old one names nothing any more */
export function useMoveMemory(userRef: string, follow: (memory: string) => void) {
  const refresh = useRefresh(userRef);
  return useMutation({
    mutationFn: async (input: Omit<MoveInput, "ref">) => {
      const moved = await runAction(() => moveMemoryAction({ ref: userRef, ...input }));
      follow(moved.ref);
      return moved;
    },
    onSettled: (_data, _error, { memory }) => refresh(memory),
  });
}

export function useMergeMemories(userRef: string) {
  return useMemoryMutation(userRef, (input: Omit<MergeInput, "ref">) =>
    runAction(() => mergeMemoriesAction({ ref: userRef, ...input })),
  );
}

export function useStartBulk(userRef: string) {
  return useMemoryMutation(userRef, (input: Omit<BulkInput, "ref">) =>
    runAction(() => startBulkAction({ ref: userRef, ...input })),
  );
}

export function useOrderBulk(userRef: string) {
  return useMemoryMutation(userRef, (order: BulkOrder) =>
    runAction(() => orderBulkAction({ ref: userRef, order })),
  );
}

/** Says that a change was made and, where it can be, offers to take it back. */
export function useOfferUndo(userRef: string) {
  const client = useQueryClient();
  return (title: string, undo: string | null, description?: string) => {
    // Not a mutation hook: the memory may have left the page.
    async function takeBack(name: string) {
      try {
        return await runAction(() => undoMemoriesAction({ ref: userRef, undo: name }));
      } finally {
        void client.invalidateQueries({ queryKey: memoryKeys.user(userRef) });
      }
    }
    offerUndo({ title, description, takeBack: undo === null ? null : () => takeBack(undo) });
  };
}
