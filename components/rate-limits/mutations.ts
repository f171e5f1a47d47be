"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAction } from "@/components/query/run-action";
import {
  clearDefaultLimitAction,
  clearLimitOverrideAction,
  hitRateLimitAction,
  keepCountersAction,
  repairStuckCounterAction,
  resetWindowAction,
  setDefaultLimitAction,
  setLimitOverrideAction,
} from "@/lib/redis/rate-limits/actions";
import type {
  ClearDefaultInput,
  ClearOverrideInput,
  SetDefaultInput,
  SetOverrideInput,
} from "@/lib/redis/rate-limits/schema";
import { rateLimitsKeys } from "./queries";

/** Whatever came of it, the counters are read again: after a lost answer nobody knows them. */
function useLimitMutation<Input, Output>(
  queryKey: readonly unknown[],
  mutationFn: (input: Input) => Promise<Output>,
) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey }) });
}

export function useHitRateLimit(userRef: string) {
  return useLimitMutation(rateLimitsKeys.user(userRef), () =>
    runAction(() => hitRateLimitAction({ ref: userRef })),
  );
}

export function useResetWindow(userRef: string) {
  return useLimitMutation(rateLimitsKeys.user(userRef), (window: string) =>
    runAction(() => resetWindowAction({ ref: userRef, window })),
  );
}

export function useRepairStuckCounter(userRef: string) {
  return useLimitMutation(rateLimitsKeys.user(userRef), (window: string) =>
    runAction(() => repairStuckCounterAction({ ref: userRef, window })),
  );
}

export function useKeepCounters(userRef: string) {
  return useLimitMutation(rateLimitsKeys.user(userRef), () =>
    runAction(() => keepCountersAction({ ref: userRef })),
  );
}

export function useSetLimitOverride(userRef: string) {
  return useLimitMutation(rateLimitsKeys.user(userRef), (input: Omit<SetOverrideInput, "ref">) =>
    runAction(() => setLimitOverrideAction({ ...input, ref: userRef })),
  );
}

export function useClearLimitOverride(userRef: string) {
  return useLimitMutation(rateLimitsKeys.user(userRef), (input: Omit<ClearOverrideInput, "ref">) =>
    runAction(() => clearLimitOverrideAction({ ...input, ref: userRef })),
  );
}

/** A default holds for everyone, so everyone's counters are read again. */
export function useSetDefaultLimit() {
  return useLimitMutation(rateLimitsKeys.all, (input: SetDefaultInput) =>
    runAction(() => setDefaultLimitAction(input)),
  );
}

export function useClearDefaultLimit() {
  return useLimitMutation(rateLimitsKeys.all, (input: ClearDefaultInput) =>
    runAction(() => clearDefaultLimitAction(input)),
  );
}
