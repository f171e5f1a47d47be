"use client";

import { useState } from "react";
import { Failure } from "@/components/query/failure";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatCount } from "@/lib/format";
import { FAULTS, type Fault, type PaceName } from "@/lib/redis/vector-doctor/faults";
import { type CheckState, curableOf, type RepairState } from "@/lib/redis/vector-doctor/states";
import type { DoctorDto } from "@/lib/redis/vector-doctor/types";
import { memoriesText } from "./fault-words";
import { FindingsTable, isCurable } from "./findings-table";
import { useDryRun, useRepairVectors } from "./mutations";
import { PaceChoice } from "./pace-choice";
import { WorkProgress } from "./work-progress";

export type RepairCardProps = { doctor: DoctorDto; found: CheckState; canEdit: boolean };

/** First dry, then for good: what would be done to how many is seen before it is done. */
export function RepairCard({ doctor, found, canEdit }: RepairCardProps) {
  const curable = FAULTS.filter((fault) => isCurable(found.faults[fault]));
  const [left, setLeft] = useState<readonly Fault[]>([]);
  const [pace, setPace] = useState<PaceName>("gentle");
  const [confirming, setConfirming] = useState(false);
  const dry = useDryRun();
  const repair = useRepairVectors();
  const { dryRun } = doctor;
  const chosen = curable.filter((fault) => !left.includes(fault));
  const input = { index: doctor.index, faults: chosen, deep: found.deep, pace };
  const isUnderWay = [doctor.dryRun, doctor.repair].some(
    (job) => job?.status === "running" || job?.status === "paused",
  );
  const isReady = isDryRunOf(dryRun, chosen, found.deep) && isNewer(dryRun, doctor.repair);
  const error = dry.error ?? repair.error;
  const wouldMend = dryRun?.state ? curableOf(dryRun.state) : 0;
  if ((curable.length === 0 || !canEdit) && !doctor.repair) return null;
  return (
    <Card aria-labelledby="doctor-repair">
      <CardHeader
        id="doctor-repair"
        title="Repair"
        description="Memories that change meanwhile are left alone and counted."
        actions={
          canEdit && curable.length > 0 && !isUnderWay ? (
            <>
              <Button
                size="sm"
                variant={isReady ? "secondary" : "primary"}
                pending={dry.isPending}
                disabled={chosen.length === 0}
                onClick={() => dry.mutate(input)}
              >
                Dry run
              </Button>
              <Button
                size="sm"
                variant="primary"
                disabled={!isReady || wouldMend === 0}
                onClick={() => setConfirming(true)}
              >
                Repair…
              </Button>
            </>
          ) : null
        }
      />
      {curable.length > 0 && canEdit && !isUnderWay ? (
        <FindingsTable
          caption="What to repair"
          faults={found.faults}
          chosen={chosen}
          onChoose={(next) => setLeft(curable.filter((fault) => !next.includes(fault)))}
        />
      ) : null}
      <CardBody className="flex flex-col gap-4 empty:hidden">
        {canEdit && curable.length > 0 && !isUnderWay && !isReady ? (
          <p className="text-sm text-fg-muted">
            {isNewer(dryRun, doctor.repair) || !dryRun
              ? "A dry run of what is chosen comes first: it changes nothing."
              : "The last dry run is older than the last repair: make another one first."}
          </p>
        ) : null}
        {dryRun ? (
          <WorkProgress job={dryRun} work="dry-run" index={doctor.index} label="Dry run" canEdit={canEdit} />
        ) : null}
        {dryRun?.state && dryRun.status === "done" && isReady ? (
          <Callout title={`${memoriesText(wouldMend)} would be mended`}>
            Nothing was changed. The repair looks at each of them again before it writes.
            {dryRun.state.untold ? ` ${untoldText(dryRun.state.untold)}` : ""}
          </Callout>
        ) : null}
        {doctor.repair ? (
          <WorkProgress
            job={doctor.repair}
            work="repair"
            index={doctor.index}
            label="Repair"
            canEdit={canEdit}
          />
        ) : null}
        {doctor.repair?.state ? <Outcome state={doctor.repair.state} /> : null}
        <Failure error={error} />
      </CardBody>
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Repair vectors"
        confirmLabel={`Mend the vectors of ${memoriesText(wouldMend)}`}
        onConfirm={async () => {
          await repair.mutateAsync(input);
        }}
        body={
          <div className="flex flex-col gap-3">
            <p>
              Only the vector and the notes beside it are written; text, importance and all other fields stay.
              It can be paused and stopped; what is mended stays mended.
            </p>
            <PaceChoice value={pace} onChange={setPace} />
          </div>
        }
      />
    </Card>
  );
}

function untoldText(count: number): string {
  return `${formatCount(count)} of the texts to embed ${count === 1 ? "is" : "are"} in a script that the bundled model cannot tell apart: found by words only, with the vector too.`;
}

function Outcome({ state }: { state: RepairState }) {
  const { changed, gone } = state;
  const left = [
    changed > 0 ? `${formatCount(changed)} changed meanwhile and were left alone` : null,
    gone > 0 ? `${formatCount(gone)} went meanwhile` : null,
  ].filter(Boolean);
  return (
    <p className="text-sm text-fg-muted">
      <span className="font-medium text-fg">{formatCount(curableOf(state))} mended</span>
      {left.length > 0 ? `, ${left.join(", ")}` : ""}. Look again to see what remains.
    </p>
  );
}

function isDryRunOf(dryRun: DoctorDto["dryRun"], chosen: readonly Fault[], deep: boolean): boolean {
  const { status, state } = dryRun ?? {};
  if (status !== "done" || !state || state.deep !== deep) return false;
  return state.asked.length === chosen.length && chosen.every((fault) => state.asked.includes(fault));
}

/** What a repair has mended, an older dry run still counts. */
function isNewer(dryRun: DoctorDto["dryRun"], repair: DoctorDto["repair"]): boolean {
  return repair === null || (dryRun?.startedAtMs ?? 0) > repair.startedAtMs;
}
