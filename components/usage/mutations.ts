"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAction } from "@/components/query/run-action";
import { rescanKeyspace } from "@/lib/redis/usage/actions";
import { usageKeys } from "./queries";

/** Walk all keys again now. The status query then tells how far it has come. */
export function useRescan() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => runAction(() => rescanKeyspace({})),
    onSuccess: (status) => client.setQueryData(usageKeys.survey, status),
  });
}
