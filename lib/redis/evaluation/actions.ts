"use server";

import { guardedAction } from "../../auth/guard";
import { openRef } from "../../refs";
import { cancelJob, pauseJob, resumeJob } from "../jobs/run-job";
import { deleteQuestion, importQuestions, saveQuestion } from "./questions";
import { runJob, startRun } from "./run";
import {
  createSetInput,
  deleteQuestionInput,
  importInput,
  renameSetInput,
  saveQuestionInput,
  setInput,
  startRunInput,
} from "./schema";
import { createSet, deleteSet, renameSet } from "./sets";

export const createRecallSetAction = guardedAction({
  name: "evaluation.create-set",
  permission: "evaluation.edit",
  input: createSetInput,
  run: ({ console, operator }, { name }) => createSet(console, { name, by: operator.name }),
  counts: () => ({ sets: 1 }),
  mask: "impersonal",
});

export const renameRecallSetAction = guardedAction({
  name: "evaluation.rename-set",
  permission: "evaluation.edit",
  input: renameSetInput,
  run: ({ console }, input) => renameSet(console, input),
  counts: () => ({ sets: 1 }),
  mask: "impersonal",
});

export const deleteRecallSetAction = guardedAction({
  name: "evaluation.delete-set",
  permission: "evaluation.edit",
  input: setInput,
  run: ({ console }, input) => deleteSet(console, input),
  counts: ({ questions, runs }) => ({ sets: 1, questions, runs }),
  mask: "impersonal",
});

export const saveRecallQuestionAction = guardedAction({
  name: "evaluation.save-question",
  permission: "evaluation.edit",
  input: saveQuestionInput,
  subject: ({ userRef }) => openRef("user", userRef),
  run: ({ store, console }, { userRef, question, ...draft }) =>
    saveQuestion(store, console, {
      ...draft,
      question: question ?? null,
      userId: openRef("user", userRef),
    }),
  counts: () => ({ questions: 1 }),
  mask: "impersonal",
});

export const deleteRecallQuestionAction = guardedAction({
  name: "evaluation.delete-question",
  permission: "evaluation.edit",
  input: deleteQuestionInput,
  subject: ({ userRef }) => openRef("user", userRef),
  run: ({ console }, { set, question, userRef }) =>
    deleteQuestion(console, { set, id: question, userId: openRef("user", userRef) }),
  counts: ({ deleted }) => ({ questions: deleted ? 1 : 0 }),
  mask: "impersonal",
});

export const importRecallQuestionsAction = guardedAction({
  name: "evaluation.import",
  permission: "evaluation.edit",
  input: importInput,
  run: ({ console }, input) => importQuestions(console, input),
  counts: ({ added }) => ({ questions: added }),
  mask: "impersonal",
});

export const startRecallRunAction = guardedAction({
  name: "evaluation.run",
  permission: "evaluation.edit",
  input: startRunInput,
  run: async (context, input) => {
    const { started } = await startRun(context, { ...input, by: context.operator.name });
    return { started };
  },
  counts: ({ started }) => ({ runs: started ? 1 : 0 }),
  mask: "impersonal",
});

export const pauseRecallRunAction = guardedAction({
  name: "evaluation.pause-run",
  permission: "evaluation.edit",
  input: setInput,
  run: (context, { set }) => pauseJob(context, set, runJob.kind),
  mask: "impersonal",
});

export const resumeRecallRunAction = guardedAction({
  name: "evaluation.resume-run",
  permission: "evaluation.edit",
  input: setInput,
  run: async (context, { set }) => ({ started: (await resumeJob(context, runJob, { scope: set })).started }),
  mask: "impersonal",
});

export const cancelRecallRunAction = guardedAction({
  name: "evaluation.cancel-run",
  permission: "evaluation.edit",
  input: setInput,
  run: (context, { set }) => cancelJob(context, set, runJob.kind),
  mask: "impersonal",
});
