"use client";

import { Stethoscope } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/components/query/failure";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import { faultyOf } from "@/lib/redis/vector-doctor/states";
import type { DoctorDto } from "@/lib/redis/vector-doctor/types";
import { memoriesText } from "./fault-words";
import { FindingsTable } from "./findings-table";
import { useCheckVectors } from "./mutations";
import { WorkProgress } from "./work-progress";

/** Looking at every vector, and what was found. */
export function CheckCard({ doctor, canEdit }: { doctor: DoctorDto; canEdit: boolean }) {
  const [deep, setDeep] = useState(doctor.check?.state?.deep ?? false);
  const look = useCheckVectors();
  const { check, target } = doctor;
  const isUnderWay = check?.status === "running" || check?.status === "paused";
  return (
    <Card aria-labelledby="doctor-check">
      <CardHeader
        id="doctor-check"
        title="What is wrong"
        actions={
          canEdit && !isUnderWay ? (
            <Button
              size="sm"
              variant={check ? "secondary" : "primary"}
              icon={<Stethoscope />}
              pending={look.isPending}
              onClick={() => look.mutate({ index: doctor.index, deep })}
            >
              {check ? "Look again" : "Look at every vector"}
            </Button>
          ) : null
        }
      />
      <CardBody className="flex flex-col gap-4">
        {check ? (
          <WorkProgress
            job={check}
            work="check"
            index={doctor.index}
            label="Looking at every vector"
            canEdit={canEdit}
          />
        ) : (
          <p className="text-sm text-fg-muted">
            Nobody has looked yet. It walks over all memories in small steps, changes nothing, and other users
            of this Redis hardly notice.
          </p>
        )}
        {canEdit && !isUnderWay && target?.canEmbed ? (
          <Checkbox
            checked={deep}
            onChange={(event) => setDeep(event.target.checked)}
            label="Also compare texts with their vectors"
            hint={`Of vectors without a note of their text. Embeds each such text with ${target.model}: slow, and with a paid model not free.`}
          />
        ) : null}
        <Failure error={look.error} />
      </CardBody>
      {check?.state ? <Found doctor={doctor} state={check.state} isOver={check.status === "done"} /> : null}
    </Card>
  );
}

type FoundProps = {
  doctor: DoctorDto;
  state: NonNullable<NonNullable<DoctorDto["check"]>["state"]>;
  isOver: boolean;
};

function Found({ doctor, state, isOver }: FoundProps) {
  const faulty = faultyOf(state);
  if (faulty > 0) {
    return (
      <div className="border-t">
        <p className="px-4 pt-3 pb-1 text-sm">
          {formatCount(faulty)} of {memoriesText(state.memories)}
          {isOver ? "" : " so far"}: something is wrong with the vector.
        </p>
        <FindingsTable caption="Faults found" faults={state.faults} examples={doctor.examples} />
      </div>
    );
  }
  if (!isOver) return null;
  return (
    <div className="border-t p-4">
      <Callout tone="ok" title={`All ${formatCount(state.memories)} vectors are healthy`}>
        Right length, right byte order, finite, with a direction
        {state.deep
          ? ", and of the text beside them."
          : ", and where a note of the text is kept, of that text."}
      </Callout>
    </div>
  );
}
