"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAction } from "@/components/query/run-action";
import { adoptIndexAction, createIndexAction } from "@/lib/redis/indexes/actions";
import type { IndexForm } from "@/lib/redis/indexes/rules";

/** Another index changes what every search and every memory's state says. */
function useRefresh() {
  const client = useQueryClient();
  return () => void client.invalidateQueries();
}

export function useCreateIndex() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (input: { name: string; dimensions: number; form: IndexForm }) =>
      runAction(() => createIndexAction(input)),
    onSettled: refresh,
  });
}

export function useAdoptIndex() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (name: string | null) => runAction(() => adoptIndexAction({ name })),
    onSettled: refresh,
  });
}
