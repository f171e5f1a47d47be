"use client";

import { useRouter } from "next/navigation";
import { describeError } from "@/components/query/console-error";
import { postRead } from "@/components/query/fetch-read";
import { toast } from "@/components/ui/toast-store";

/*
 * Opening a person by an id that somebody typed. The id goes to the console in a request's body and into no
 * address; what was typed is kept in this tab's memory, so that a masked page can say whom one looked up.
 */
const typedIds = new Map<string, string>();
const KEPT = 50;

/** What this operator typed to come to this person, in this tab. */
export function typedFor(userRef: string): string | undefined {
  return typedIds.get(userRef);
}

export function rememberTyped(userRef: string, typed: string): void {
  typedIds.delete(userRef);
  typedIds.set(userRef, typed);
  if (typedIds.size > KEPT) typedIds.delete(typedIds.keys().next().value as string);
}

/** Goes to the page of the person with exactly this id. */
export function useOpenTyped(): (typed: string) => Promise<void> {
  const router = useRouter();
  return async (typed) => {
    try {
      const { ref } = await postRead<{ ref: string }>("/api/users/ref", { typed });
      rememberTyped(ref, typed);
      router.push(`/users/${ref}`);
    } catch (error) {
      const { message, hint } = describeError(error);
      toast.error(message, { description: hint });
    }
  };
}
