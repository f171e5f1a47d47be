"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { describeError } from "@/components/query/console-error";
import { runAction } from "@/components/query/run-action";
import { toast } from "@/components/ui/toast-store";
import type { AppendType } from "@/lib/redis/messages/append-message";
import {
  appendMessageAction,
  deleteMessageAction,
  deleteSessionAction,
  expireSessionAction,
  persistSessionAction,
  trimSessionAction,
  undoSessionChangeAction,
} from "@/lib/redis/sessions/actions";
import type { ListState } from "@/lib/redis/sessions/change-schema";
import { sessionsKeys } from "./queries";

export interface SessionTarget {
  userRef: string;
  session: string;
}

/** Whatever came of it, the person's sessions are read again: after a lost answer nobody knows them. */
function useSessionMutation<Input, Output>(
  { userRef, session }: SessionTarget,
  act: (target: { ref: string; session: string }, input: Input) => Promise<Output>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => act({ ref: userRef, session }, input),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsKeys.user(userRef) }),
  });
}

type AppendInput = {
  type: AppendType;
  content: string;
  keepMessages?: number;
  expireSeconds?: number;
};

export function useAppendMessage(target: SessionTarget) {
  return useSessionMutation(target, (id, input: AppendInput) =>
    runAction(() => appendMessageAction({ ...id, ...input })),
  );
}

export function useTrimSession(target: SessionTarget) {
  return useSessionMutation(target, (id, input: { keepMessages: number; seen?: ListState }) =>
    runAction(() => trimSessionAction({ ...id, ...input })),
  );
}

export function useExpireSession(target: SessionTarget) {
  return useSessionMutation(target, (id, life: { expireSeconds: number } | { expireAtMs: number }) =>
    runAction(() => expireSessionAction({ ...id, ...life })),
  );
}

export function usePersistSession(target: SessionTarget) {
  return useSessionMutation(target, (id, _: undefined) => runAction(() => persistSessionAction(id)));
}

type DeleteMessageInput = ListState & { position: number; digest: string };

/** How long a change can be taken back. */
const UNDO_MS = 10_000;

/**
 * Says that a change was made and, where it can be, offers to take it back.
 * @param onUndone called before anything is read again
 */
export function useOfferUndo({ userRef, session }: SessionTarget) {
  const client = useQueryClient();
  return (title: string, undo: string | null, onUndone?: () => void) => {
    // Not a mutation hook: the session may have left the page with its last message.
    async function takeBack(name: string) {
      try {
        await runAction(() => undoSessionChangeAction({ ref: userRef, session, undo: name }));
        toast.success("Undone: it is as it was");
        onUndone?.();
      } catch (error) {
        const { message, hint } = describeError(error);
        toast.error(message, { description: hint });
      }
      await client.invalidateQueries({ queryKey: sessionsKeys.user(userRef) });
    }
    toast.success(
      title,
      undo === null
        ? {}
        : { action: { label: "Undo", onClick: () => void takeBack(undo) }, durationMs: UNDO_MS },
    );
  };
}

/** @param onGone called before anything is read again, so that what is shown can follow first */
export function useDeleteMessage(target: SessionTarget, onGone: () => void) {
  return useSessionMutation(target, async (id, input: DeleteMessageInput) => {
    const result = await runAction(() => deleteMessageAction({ ...id, ...input }));
    onGone();
    return result;
  });
}

export function useDeleteSession(target: SessionTarget) {
  return useSessionMutation(target, (id, _: undefined) => runAction(() => deleteSessionAction(id)));
}
