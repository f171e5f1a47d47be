"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { runAction } from "@/components/query/run-action";
import { meQuery } from "@/components/shell/me-query";
import {
  changePasswordAction,
  endRevealAction,
  revealAction,
  revokeMySessionAction,
  setMaskedAction,
  signOutAction,
} from "@/lib/redis/account/actions";

/** What was shown unmasked is taken off the screen at once, also where the next answer is late; then asked again. */
export function useAskedAnew() {
  const queries = useQueryClient();
  const router = useRouter();
  return () => {
    queries.removeQueries({ type: "inactive" });
    void queries.invalidateQueries({ queryKey: meQuery().queryKey });
    router.refresh();
    return queries.resetQueries({
      predicate: ({ queryKey }) => queryKey[0] !== "account" && queryKey[0] !== "connection",
    });
  };
}

export function useReveal() {
  const askAnew = useAskedAnew();
  return useMutation({
    mutationFn: (input: { ref: string; reason: string }) => runAction(() => revealAction(input)),
    onSuccess: askAnew,
  });
}

export function useEndReveal() {
  const askAnew = useAskedAnew();
  return useMutation({
    mutationFn: (ref: string) => runAction(() => endRevealAction({ ref })),
    onSuccess: askAnew,
  });
}

export function useSetMasked() {
  const askAnew = useAskedAnew();
  return useMutation({
    mutationFn: (masked: boolean) => runAction(() => setMaskedAction({ masked })),
    onSuccess: askAnew,
  });
}

export function useRevokeSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (digest: string) => runAction(() => revokeMySessionAction({ digest })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["account"] }),
  });
}

export function useChangePassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { current: string; next: string }) => runAction(() => changePasswordAction(input)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["account"] }),
  });
}

/** Leaves by a full load of the page: nothing of what was seen stays in memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => runAction(() => signOutAction({})),
    onSettled: () => window.location.assign("/sign-in"),
  });
}
