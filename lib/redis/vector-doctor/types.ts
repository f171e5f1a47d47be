/** The shapes that the doctor's page reads: plain JSON. */
import type { JobView } from "../jobs/job-view";
import type { Fault } from "./faults";
import type { CheckState, CleanUpState, RepairState } from "./states";

export interface FaultExampleDto {
  fault: Fault;
  user: { ref: string; label: string };
  memoryRef: string;
}

export interface DoctorTargetDto {
  field: string;
  dimensions: number;
  /** The model it compares with and embeds with. */
  model: string | null;
  by: "bound" | "guess" | "none";
  canEmbed: boolean;
}

export interface DoctorDto {
  index: string;
  target: DoctorTargetDto | null;
  /** Why the doctor cannot look at it. */
  unfit: { message: string; hint?: string } | null;
  check: JobView<CheckState> | null;
  dryRun: JobView<RepairState> | null;
  repair: JobView<RepairState> | null;
  fill: JobView<RepairState> | null;
  examples: FaultExampleDto[];
}

export interface VectorFieldsDto {
  engine: boolean;
  fields: { field: string; indexes: string[] }[];
  cleanUp: JobView<CleanUpState> | null;
}
