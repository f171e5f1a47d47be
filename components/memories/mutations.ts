"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAction } from "@/components/query/run-action";
import { createMemoryAction, deleteMemoryAction, updateMemoryAction } from "@/lib/redis/memories/actions";
import type { CreateMemoryInput, DeleteMemoryInput, UpdateMemoryInput } from "@/lib/redis/memories/schema";
import { memoryKeys } from "./queries";

/** Also after a failure: a lost answer may have been a done change. */
function useRefresh(userRef: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: memoryKeys.user(userRef) });
}

export function useCreateMemory(userRef: string) {
  return useMutation({
    mutationFn: (input: Omit<CreateMemoryInput, "ref">) =>
      runAction(createMemoryAction({ ref: userRef, ...input })),
    onSettled: useRefresh(userRef),
  });
}

export function useUpdateMemory(userRef: string) {
  return useMutation({
    mutationFn: (input: Omit<UpdateMemoryInput, "ref">) =>
      runAction(updateMemoryAction({ ref: userRef, ...input })),
    onSettled: useRefresh(userRef),
  });
}

export function useDeleteMemory(userRef: string) {
  return useMutation({
    mutationFn: (input: Omit<DeleteMemoryInput, "ref">) =>
      runAction(deleteMemoryAction({ ref: userRef, ...input })),
    onSettled: useRefresh(userRef),
  });
}
