"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAction } from "@/components/query/run-action";
import { startErasureAction } from "@/lib/redis/erasure/actions";
import type { StartErasureInput } from "@/lib/redis/erasure/schema";
import { erasureKeys } from "./queries";

export function useStartErasure(userRef: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<StartErasureInput, "ref">) =>
      runAction(() => startErasureAction({ ref: userRef, ...input })),
    onSuccess: ({ run }) => client.setQueryData(erasureKeys.run(userRef), { run, readAtMs: run.startedAtMs }),
    // Also after a failure: a lost answer may have been a started run.
    onSettled: () => client.invalidateQueries({ queryKey: erasureKeys.run(userRef) }),
  });
}
