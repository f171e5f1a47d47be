"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAction } from "@/components/query/run-action";
import type { Result } from "@/lib/errors";
import {
  cancelRecallRunAction,
  createRecallSetAction,
  deleteRecallQuestionAction,
  deleteRecallSetAction,
  importRecallQuestionsAction,
  pauseRecallRunAction,
  renameRecallSetAction,
  resumeRecallRunAction,
  saveRecallQuestionAction,
  startRecallRunAction,
} from "@/lib/redis/evaluation/actions";
import type { SaveQuestionInput, StartRunInput } from "@/lib/redis/evaluation/schema";
import { evaluationKeys } from "./queries";

/** Whatever came of it, sets are read again: after a lost answer nobody knows them. */
function useEvaluationMutation<Input, Output>(action: (input: Input) => Promise<Result<Output>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => runAction(() => action(input)),
    onSettled: () => client.invalidateQueries({ queryKey: evaluationKeys.all }),
  });
}

export const useCreateSet = () => useEvaluationMutation((name: string) => createRecallSetAction({ name }));

export const useRenameSet = (set: string) =>
  useEvaluationMutation((name: string) => renameRecallSetAction({ set, name }));

export const useDeleteSet = (set: string) => useEvaluationMutation(() => deleteRecallSetAction({ set }));

export const useSaveQuestion = (set: string) =>
  useEvaluationMutation((input: Omit<SaveQuestionInput, "set">) =>
    saveRecallQuestionAction({ ...input, set }),
  );

export const useDeleteQuestion = (set: string) =>
  useEvaluationMutation((input: { question: string; userRef: string }) =>
    deleteRecallQuestionAction({ ...input, set }),
  );

export const useImportQuestions = (set: string) =>
  useEvaluationMutation((lines: string) => importRecallQuestionsAction({ set, lines }));

export const useStartRun = (set: string) =>
  useEvaluationMutation((settings: StartRunInput["settings"]) => startRecallRunAction({ set, settings }));

const ORDERS = {
  pause: pauseRecallRunAction,
  resume: resumeRecallRunAction,
  cancel: cancelRecallRunAction,
};

export const useOrderRun = (set: string) =>
  useEvaluationMutation(async (order: keyof typeof ORDERS): Promise<Result<unknown>> => {
    return ORDERS[order]({ set });
  });
