"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAction } from "@/components/query/run-action";
import { createMemoryAction, deleteMemoryAction, updateMemoryAction } from "@/lib/redis/memories/actions";
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

export function useCreateMemory(userRef: string) {
  const refresh = useRefresh(userRef);
  return useMutation({
    mutationFn: (input: Omit<CreateMemoryInput, "ref">) =>
      runAction(() => createMemoryAction({ ref: userRef, ...input })),
    onSettled: () => refresh(),
  });
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

export function useDeleteMemory(userRef: string) {
  const refresh = useRefresh(userRef);
  return useMutation({
    mutationFn: (input: Omit<DeleteMemoryInput, "ref">) =>
      runAction(() => deleteMemoryAction({ ref: userRef, ...input })),
    onSettled: (_data, _error, { memory }) => refresh(memory),
  });
}
