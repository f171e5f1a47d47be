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
import type { Me } from "@/lib/redis/account/schema";

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

/** Changes what this tab knows of the operator until it is told anew: what is over is over on the screen at once. */
function useMe() {
  const queries = useQueryClient();
  return (change: (me: Me) => Partial<Me>) =>
    queries.setQueryData(meQuery().queryKey, (me) => me && { ...me, ...change(me) });
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
  const setMe = useMe();
  return useMutation({
    mutationFn: (ref: string) => runAction(() => endRevealAction({ ref })),
    onSuccess: (_, ref) => {
      setMe(({ reveals }) => ({ reveals: reveals.filter((reveal) => reveal.ref !== ref) }));
      return askAnew();
    },
  });
}

export function useSetMasked() {
  const askAnew = useAskedAnew();
  const setMe = useMe();
  return useMutation({
    mutationFn: (masked: boolean) => runAction(() => setMaskedAction({ masked })),
    onSuccess: (_, masked) => {
      if (masked) setMe(() => ({ masked }));
      return askAnew();
    },
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
