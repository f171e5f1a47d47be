/** The doctor's findings for those who may not see whose memories they are: counts, and pseudonyms. */
import type { Masker } from "../../masking";
import type { DoctorDto } from "./types";

export function maskDoctor(doctor: DoctorDto, masker: Masker): DoctorDto {
  return {
    index: doctor.index,
    target: doctor.target,
    unfit: doctor.unfit,
    // Numbers of memories, and operators.
    check: doctor.check,
    dryRun: doctor.dryRun,
    repair: doctor.repair,
    fill: doctor.fill,
    examples: doctor.examples.map(({ fault, user, memoryRef }) => ({
      fault,
      user: { ref: user.ref, label: masker.label(user.ref) },
      memoryRef,
    })),
  };
}
