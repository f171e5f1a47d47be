"use client";

import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/components/query/failure";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { SkeletonRows } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/format";
import type { PaceName } from "@/lib/redis/vector-doctor/faults";
import { curableOf } from "@/lib/redis/vector-doctor/states";
import type { DoctorDto } from "@/lib/redis/vector-doctor/types";
import { useFillField } from "./mutations";
import { PaceChoice } from "./pace-choice";
import { doctorQuery } from "./queries";
import { WorkProgress } from "./work-progress";

export type FillCardProps = { index: string; canEdit: boolean };

/** Every memory gets a vector of the index's model, in the index's field. */
export function FillCard({ index, canEdit }: FillCardProps) {
  const query = useQuery(doctorQuery(index));
  return (
    <Card aria-labelledby="fill-field">
      <QueryState
        query={query}
        skeleton={<SkeletonRows rows={2} columns={2} label="Asking the doctor" />}
        errorTitle="The doctor could not be asked"
      >
        {(doctor) => <Fill doctor={doctor} canEdit={canEdit} />}
      </QueryState>
    </Card>
  );
}

function Fill({ doctor, canEdit }: { doctor: DoctorDto; canEdit: boolean }) {
  const [pace, setPace] = useState<PaceName>("gentle");
  const fill = useFillField();
  const { fill: job, target, unfit } = doctor;
  const isUnderWay = job?.status === "running" || job?.status === "paused";
  return (
    <>
      <CardHeader
        id="fill-field"
        title="4 · Embed every memory"
        actions={
          canEdit && target?.canEmbed && !isUnderWay ? (
            <Button
              size="sm"
              variant={job ? "secondary" : "primary"}
              icon={<Play />}
              pending={fill.isPending}
              onClick={() => fill.mutate({ index: doctor.index, pace })}
            >
              {job ? "Fill what is missing" : "Begin"}
            </Button>
          ) : null
        }
      />
      <CardBody className="flex flex-col gap-4">
        {target && !target.canEmbed ? (
          <Callout tone="warn" title="Texts cannot be embedded for this index">
            Its model is not configured here, or gives another length.
          </Callout>
        ) : null}
        {unfit ? (
          <Callout tone="warn" title={unfit.message}>
            {unfit.hint}
          </Callout>
        ) : null}
        {job ? (
          <WorkProgress
            job={job}
            work="fill"
            index={doctor.index}
            label={`Embedding into ${target?.field ?? "the field"}`}
            canEdit={canEdit}
          />
        ) : (
          <p className="text-sm text-fg-muted">
            Each memory gets a second vector beside the first. It walks again until a walk finds nothing to
            do, so memories written meanwhile are embedded too.
          </p>
        )}
        {job?.state ? (
          <p className="text-sm text-fg-muted">
            <span className="font-medium text-fg">{formatCount(curableOf(job.state))} embedded</span>, walk{" "}
            {formatCount(job.state.pass)}
            {job.state.changed > 0
              ? `, ${formatCount(job.state.changed)} changed meanwhile and are looked at again in the next`
              : ""}
            .
          </p>
        ) : null}
        {canEdit && target?.canEmbed && !isUnderWay ? <PaceChoice value={pace} onChange={setPace} /> : null}
        <Failure error={fill.error} />
      </CardBody>
    </>
  );
}
