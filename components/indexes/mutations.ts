"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAction } from "@/components/query/run-action";
import type { Result } from "@/lib/errors";
import {
  adoptIndexAction,
  bindModelAction,
  cancelRebuildAction,
  createIndexAction,
  dropIndexAction,
  pauseRebuildAction,
  rebuildIndexAction,
  removeAliasAction,
  resumeRebuildAction,
  setAliasAction,
} from "@/lib/redis/indexes/actions";

/** Another index changes what every search and every memory's state says, so all is asked again. */
function useIndexMutation<Input, Output>(action: (input: Input) => Promise<Result<Output>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => runAction(() => action(input)),
    onSettled: () => void client.invalidateQueries(),
  });
}

type InputOf<Action extends (input: never) => unknown> = Parameters<Action>[0];

export const useCreateIndex = () =>
  useIndexMutation((input: InputOf<typeof createIndexAction>) => createIndexAction(input));
/** null goes back to MEMORY_INDEX. */
export const useAdoptIndex = () => useIndexMutation((name: string | null) => adoptIndexAction({ name }));
export const useBindModel = () =>
  useIndexMutation((input: InputOf<typeof bindModelAction>) => bindModelAction(input));
export const useSetAlias = () =>
  useIndexMutation((input: InputOf<typeof setAliasAction>) => setAliasAction(input));
export const useRemoveAlias = () =>
  useIndexMutation((input: InputOf<typeof removeAliasAction>) => removeAliasAction(input));
export const useDropIndex = () =>
  useIndexMutation((input: InputOf<typeof dropIndexAction>) => dropIndexAction(input));
export const useRebuildIndex = () =>
  useIndexMutation((input: InputOf<typeof rebuildIndexAction>) => rebuildIndexAction(input));

const ORDERS = { pause: pauseRebuildAction, cancel: cancelRebuildAction };
export type RebuildOrder = "pause" | "resume" | "cancel";

/** What to do with the rebuilding of this index. */
export function useOrderRebuild(index: string) {
  return useIndexMutation(async (order: RebuildOrder): Promise<Result<unknown>> => {
    return order === "resume" ? resumeRebuildAction({ index }) : ORDERS[order]({ index });
  });
}
