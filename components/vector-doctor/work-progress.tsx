"use client";

import { Failure } from "@/components/query/failure";
import { JobProgress } from "@/components/query/job-progress";
import type { JobView } from "@/lib/redis/jobs/job-view";
import type { WalkState } from "@/lib/redis/vector-doctor/states";
import { type DoctorWork, useOrderDoctor } from "./mutations";

export type WorkProgressProps = {
  job: JobView<WalkState>;
  work: DoctorWork;
  /** null for a clean-up. */
  index: string | null;
  label: string;
  canEdit: boolean;
};

/** One piece of the doctor's work, with what can be ordered. */
export function WorkProgress({ job, work, index, label, canEdit }: WorkProgressProps) {
  const order = useOrderDoctor(index, work);
  const give = (what: Parameters<typeof order.mutate>[0]) => (canEdit ? () => order.mutate(what) : undefined);
  return (
    <JobProgress
      job={job}
      label={label}
      noun="keys looked at"
      onPause={give("pause")}
      onResume={give("resume")}
      onCancel={give("cancel")}
      pending={order.isPending}
    >
      <Failure error={order.error} />
    </JobProgress>
  );
}
