"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAction } from "@/components/query/run-action";
import {
  appendMessageAction,
  deleteMessageAction,
  deleteSessionAction,
  expireSessionAction,
  persistSessionAction,
  trimSessionAction,
} from "@/lib/redis/sessions/actions";
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
  type: "human" | "ai";
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
  return useSessionMutation(target, (id, keepMessages: number) =>
    runAction(() => trimSessionAction({ ...id, keepMessages })),
  );
}

export function useExpireSession(target: SessionTarget) {
  return useSessionMutation(target, (id, expireSeconds: number) =>
    runAction(() => expireSessionAction({ ...id, expireSeconds })),
  );
}

export function usePersistSession(target: SessionTarget) {
  return useSessionMutation(target, (id, _: undefined) => runAction(() => persistSessionAction(id)));
}

type DeleteMessageInput = {
  position: number;
  digest: string;
  length: number;
  newestDigest: string;
  oldestDigest: string;
};

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
