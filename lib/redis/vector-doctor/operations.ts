/** What the doctor of an index knows and does. */
import { displayBytes } from "../../bytes";
import { SafeError } from "../../errors";
import { openRef } from "../../refs";
import { readJob } from "../jobs/job-state";
import { jobView } from "../jobs/job-view";
import { readExamples } from "../query-engine/fault-examples";
import type { Store } from "../store/store";
import { type CheckInput, checkJob } from "./check";
import { CLEAN_UP_SCOPE, cleanUpJob, vectorFields } from "./clean-up";
import type { Fault } from "./faults";
import { dryRunJob, fillJob, type RepairInput, repairJob } from "./repair";
import type { CheckState, CleanUpState, RepairState } from "./states";
import { doctorTarget } from "./target";
import type { DoctorDto, VectorFieldsDto } from "./types";

/** That it cannot look at the index is an answer, not an error. */
export async function readDoctor(
  store: Store,
  consoleStore: Store,
  { index }: { index: string },
): Promise<DoctorDto> {
  const repairs = [dryRunJob, repairJob, fillJob].map(({ kind }) =>
    readJob<RepairInput, RepairState>(consoleStore, index, kind),
  );
  const [target, check, examples, dryRun, repair, fill] = await Promise.all([
    doctorTarget(store, consoleStore, index).catch((error: unknown) => {
      if (error instanceof SafeError) return error;
      throw error;
    }),
    readJob<CheckInput, CheckState>(consoleStore, index, checkJob.kind),
    readExamples(consoleStore, index),
    ...repairs,
  ]);
  const isUnfit = target instanceof SafeError;
  return {
    index,
    target: isUnfit
      ? null
      : {
          field: target.field,
          dimensions: target.dimensions,
          model: target.model ?? target.embedder?.model ?? null,
          by: target.by,
          canEmbed: target.canEmbed,
        },
    unfit: isUnfit
      ? { message: target.message, ...(target.details.hint ? { hint: target.details.hint } : {}) }
      : null,
    check: jobView<CheckState>(check),
    dryRun: jobView<RepairState>(dryRun ?? null),
    repair: jobView<RepairState>(repair ?? null),
    fill: jobView<RepairState>(fill ?? null),
    examples: examples.map(({ fault, userRef, memoryRef }) => ({
      fault: fault as Fault,
      user: { ref: userRef, label: displayBytes(openRef("user", userRef)) },
      memoryRef,
    })),
  };
}

/** The fields that may hold vectors, and which indexes read them. */
export async function readVectorFields(store: Store, consoleStore: Store): Promise<VectorFieldsDto> {
  const engine = (await store.capabilities()).queryEngine !== null;
  const [fields, cleanUp] = await Promise.all([
    engine ? vectorFields(store, consoleStore) : [],
    readJob<{ field: string }, CleanUpState>(consoleStore, CLEAN_UP_SCOPE, cleanUpJob.kind),
  ]);
  return { engine, fields, cleanUp: jobView<CleanUpState>(cleanUp) };
}
