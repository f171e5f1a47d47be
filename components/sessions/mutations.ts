"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { offerUndo } from "@/components/query/offer-undo";
import { runAction } from "@/components/query/run-action";
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
        onUndone?.();
        return { refused: 0 };
      } finally {
        void client.invalidateQueries({ queryKey: sessionsKeys.user(userRef) });
      }
    }
    offerUndo({ title, takeBack: undo === null ? null : () => takeBack(undo) });
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
