"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { runAction } from "@/components/query/run-action";
import {
  changePasswordAction,
  endRevealAction,
  revealAction,
  revokeMySessionAction,
  setMaskedAction,
  signOutAction,
} from "@/lib/redis/account/actions";

/** What was shown masked or unmasked is wrong from now on: everything is asked again. */
function useAskedAnew() {
  const queries = useQueryClient();
  const router = useRouter();
  return async () => {
    await queries.invalidateQueries();
    router.refresh();
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
  const queries = useQueryClient();
  const askAnew = useAskedAnew();
  return useMutation({
    mutationFn: (ref: string) => runAction(() => endRevealAction({ ref })),
    onSuccess: () => {
      // What was unmasked must not stay in this page's memory.
      queries.removeQueries({ type: "inactive" });
      return askAnew();
    },
  });
}

export function useSetMasked() {
  const queries = useQueryClient();
  const askAnew = useAskedAnew();
  return useMutation({
    mutationFn: (masked: boolean) => runAction(() => setMaskedAction({ masked })),
    onSuccess: () => {
      queries.removeQueries({ type: "inactive" });
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
