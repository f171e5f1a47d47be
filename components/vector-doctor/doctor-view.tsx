"use client";

import { useQuery } from "@tanstack/react-query";
import { Waypoints } from "lucide-react";
import { QueryState } from "@/components/query/query-state";
import { ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Mono } from "@/components/ui/code";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/lib/format";
import type { DoctorDto, DoctorTargetDto } from "@/lib/redis/vector-doctor/types";
import { CheckCard } from "./check-card";
import { DoctorSkeleton } from "./doctor-skeleton";
import { doctorQuery } from "./queries";
import { RepairCard } from "./repair-card";

/** The vectors of one index: what is wrong with them, and mending it. */
export function DoctorView({ index, canEdit }: { index: string; canEdit: boolean }) {
  const query = useQuery(doctorQuery(index));
  return (
    <QueryState query={query} skeleton={<DoctorSkeleton />} errorTitle="The doctor could not be asked">
      {(doctor) => <Doctor doctor={doctor} canEdit={canEdit} />}
    </QueryState>
  );
}

function Doctor({ doctor, canEdit }: { doctor: DoctorDto; canEdit: boolean }) {
  const { target, unfit, check } = doctor;
  if (!target) {
    return (
      <Card>
        <EmptyState
          icon={<Waypoints />}
          title={unfit?.message ?? "The doctor cannot look at this index"}
          body={unfit?.hint}
          action={<ButtonLink href="/indexes">All indexes</ButtonLink>}
        />
      </Card>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <TargetLine index={doctor.index} target={target} />
      {canEdit ? null : (
        <Callout title="You see what was found">
          Looking and repairing walk over the whole store: developers and administrators may start them.
        </Callout>
      )}
      <CheckCard doctor={doctor} canEdit={canEdit} />
      {check?.state && check.status !== "running" ? (
        <RepairCard doctor={doctor} found={check.state} canEdit={canEdit} />
      ) : null}
    </div>
  );
}

function TargetLine({ index, target }: { index: string; target: DoctorTargetDto }) {
  const { field, dimensions, model, by, canEmbed } = target;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-fg-muted">
        <Mono className="text-fg">{index}</Mono> reads the field <Mono className="text-fg">{field}</Mono>:{" "}
        {formatCount(dimensions)} FLOAT32 numbers, little-endian
        {model ? (
          <>
            , of <Mono className="text-fg">{model}</Mono>
            {by === "guess" ? " (a guess: vectors of other models are told by their length alone)" : ""}
          </>
        ) : (
          ""
        )}
        .
      </p>
      {canEmbed ? null : (
        <Callout tone="warn" title="Texts cannot be embedded for this index">
          {model
            ? `${model} is not configured here, or gives another length`
            : "No configured model gives its length"}
          . What needs no model is mended all the same: byte order, 64-bit numbers, numbers as text.
        </Callout>
      )}
    </div>
  );
}
