"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { postRead } from "@/components/query/fetch-read";
import { runAction } from "@/components/query/run-action";
import {
  rememberFactAction,
  restorePersonAction,
  startPlaygroundAction,
} from "@/lib/redis/playground/actions";
import type { RememberInput } from "@/lib/redis/playground/schema";
import { playgroundKeys } from "./queries";

export function addressOf(user: string): string {
  return `/playground?user=${encodeURIComponent(user)}`;
}

/** Begins a run and goes to it. */
export function useStart() {
  const router = useRouter();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { user?: string; confirm?: string }) => runAction(() => startPlaygroundAction(input)),
    onSuccess: async ({ userRef }) => {
      await client.invalidateQueries({ queryKey: playgroundKeys.state(userRef) });
      router.replace(addressOf(userRef));
    },
  });
}

/** To the person with exactly this id; nothing of theirs is written before it is confirmed. */
export function useChoosePerson() {
  const router = useRouter();
  return useMutation({
    mutationFn: (typed: string) => postRead<{ ref: string }>("/api/users/ref", { typed }),
    onSuccess: ({ ref }) => router.push(addressOf(ref)),
  });
}

export function useRemember(user: string) {
  return useMutation({
    mutationFn: (fact: Omit<RememberInput, "user">) => runAction(() => rememberFactAction({ user, ...fact })),
  });
}

export function useRestore(user: string) {
  return useMutation({
    mutationFn: (others: boolean) => runAction(() => restorePersonAction({ user, others })),
  });
}
