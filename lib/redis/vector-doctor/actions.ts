"use server";

import { guardedAction } from "../../auth/guard";
import { startJob } from "../jobs/run-job";
import { checkJob } from "./check";
import { startCleanUp } from "./clean-up";
import { planFill } from "./fill-plan";
import { cancelDoctor, pauseDoctor, resumeDoctor, startedOf } from "./orders";
import { dryRunJob, startFill, startRepair } from "./repair";
import { checkInput, cleanUpInput, fillInput, fillPlanInput, orderInput, repairInput } from "./schema";

export const checkVectorsAction = guardedAction({
  name: "doctor.check",
  permission: "indexes.edit",
  input: checkInput,
  run: async (context, input) => startedOf(await startJob(context, checkJob, { scope: input.index, input })),
  mask: "impersonal",
});

export const dryRunRepairAction = guardedAction({
  name: "doctor.dry-run",
  permission: "indexes.edit",
  input: repairInput,
  run: async (context, input) => startedOf(await startJob(context, dryRunJob, { scope: input.index, input })),
  mask: "impersonal",
});

export const repairVectorsAction = guardedAction({
  name: "doctor.repair",
  permission: "indexes.edit",
  input: repairInput,
  run: async (context, input) => startedOf(await startRepair(context, input)),
  counts: ({ started }) => ({ repairs: started ? 1 : 0 }),
  mask: "impersonal",
});

export const planFillAction = guardedAction({
  name: "doctor.fill-plan",
  permission: "indexes.edit",
  input: fillPlanInput,
  run: ({ store }, input) => planFill(store, input),
  counts: ({ sample }) => ({ texts: sample.texts }),
  mask: "impersonal",
});

export const fillFieldAction = guardedAction({
  name: "doctor.fill",
  permission: "indexes.edit",
  input: fillInput,
  run: async (context, input) => startedOf(await startFill(context, input)),
  counts: ({ started }) => ({ fills: started ? 1 : 0 }),
  mask: "impersonal",
});

export const cleanUpFieldAction = guardedAction({
  name: "doctor.clean-up",
  permission: "indexes.edit",
  input: cleanUpInput,
  run: async (context, input) => startedOf(await startCleanUp(context, input)),
  counts: ({ started }) => ({ fields: started ? 1 : 0 }),
  mask: "impersonal",
  fresh: true,
});

export const pauseDoctorAction = guardedAction({
  name: "doctor.pause",
  permission: "indexes.edit",
  input: orderInput,
  run: pauseDoctor,
  mask: "impersonal",
});

export const resumeDoctorAction = guardedAction({
  name: "doctor.resume",
  permission: "indexes.edit",
  input: orderInput,
  run: resumeDoctor,
  mask: "impersonal",
});

export const cancelDoctorAction = guardedAction({
  name: "doctor.cancel",
  permission: "indexes.edit",
  input: orderInput,
  run: cancelDoctor,
  mask: "impersonal",
});
