"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { runAction } from "@/components/query/run-action";
import type { Result } from "@/lib/errors";
import {
  cancelDoctorAction,
  checkVectorsAction,
  cleanUpFieldAction,
  dryRunRepairAction,
  fillFieldAction,
  pauseDoctorAction,
  planFillAction,
  repairVectorsAction,
  resumeDoctorAction,
} from "@/lib/redis/vector-doctor/actions";
import { doctorKeys } from "./queries";

function useDoctorMutation<Input, Output>(action: (input: Input) => Promise<Result<Output>>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => runAction(() => action(input)),
    onSettled: () => client.invalidateQueries({ queryKey: doctorKeys.all }),
  });
}

type InputOf<Action extends (input: never) => unknown> = Parameters<Action>[0];

export const useCheckVectors = () =>
  useDoctorMutation((input: InputOf<typeof checkVectorsAction>) => checkVectorsAction(input));
export const useDryRun = () =>
  useDoctorMutation((input: InputOf<typeof dryRunRepairAction>) => dryRunRepairAction(input));
export const useRepairVectors = () =>
  useDoctorMutation((input: InputOf<typeof repairVectorsAction>) => repairVectorsAction(input));
export const useFillField = () =>
  useDoctorMutation((input: InputOf<typeof fillFieldAction>) => fillFieldAction(input));
export const usePlanFill = () =>
  useDoctorMutation((input: InputOf<typeof planFillAction>) => planFillAction(input));
export const useCleanUpField = () =>
  useDoctorMutation((input: InputOf<typeof cleanUpFieldAction>) => cleanUpFieldAction(input));

const ORDERS = { pause: pauseDoctorAction, cancel: cancelDoctorAction };
export type DoctorOrder = "pause" | "resume" | "cancel";
export type DoctorWork = InputOf<typeof pauseDoctorAction>["job"];

/** Pausing, going on with, stopping. */
export function useOrderDoctor(index: string | null, job: DoctorWork) {
  return useDoctorMutation(async (order: DoctorOrder): Promise<Result<unknown>> => {
    return order === "resume" ? resumeDoctorAction({ index, job }) : ORDERS[order]({ index, job });
  });
}
