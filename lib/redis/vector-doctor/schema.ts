import { z } from "zod";
import { FAULTS, PACES } from "./faults";

const name = z.string().min(1, "must not be empty").max(1_024, "is too long");
const FAULTS_RULE = `must be some of ${FAULTS.join(", ")}`;
const faults = z
  .array(z.enum(FAULTS, { error: FAULTS_RULE }), { error: FAULTS_RULE })
  .min(1, FAULTS_RULE)
  .max(FAULTS.length, FAULTS_RULE)
  .refine((some) => new Set(some).size === some.length, FAULTS_RULE);

const pace = z.enum(PACES, { error: `must be one of ${PACES.join(", ")}` }).default("gentle");

export const doctorInput = z.object({ index: name });
export const checkInput = z.object({ index: name, deep: z.boolean() });
export const repairInput = z.object({ index: name, faults, deep: z.boolean(), pace });
export const fillInput = z.object({ index: name, pace });
export const fillPlanInput = z.object({ index: name, model: name });
export const cleanUpInput = z.object({ field: name, confirm: z.string().max(1_024, "is too long") });

const JOBS_RULE = "must be one of check, dry-run, repair, fill, clean-up";
export const DOCTOR_JOBS = ["check", "dry-run", "repair", "fill", "clean-up"] as const;
export const orderInput = z.object({
  /** The index; of a clean-up nothing is asked. */
  index: name.nullable(),
  job: z.enum(DOCTOR_JOBS, { error: JOBS_RULE }),
});
