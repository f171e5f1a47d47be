"use client";

import { Failure } from "@/components/query/failure";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { StatTile } from "@/components/ui/stat-tile";
import { formatCount, formatDuration } from "@/lib/format";
import { usePlanFill } from "./mutations";

export type FillPlanCardProps = { index: string; model: string; canEdit: boolean };

/** What it would take: counted and measured, and said to be an estimate where it is one. */
export function FillPlanCard({ index, model, canEdit }: FillPlanCardProps) {
  const measure = usePlanFill();
  const plan = measure.data;
  const about = plan?.isExact ? "" : "about ";
  return (
    <Card aria-labelledby="fill-plan">
      <CardHeader
        id="fill-plan"
        title="2 · What it would take"
        actions={
          canEdit ? (
            <Button size="sm" pending={measure.isPending} onClick={() => measure.mutate({ index, model })}>
              {plan ? "Measure again" : "Measure"}
            </Button>
          ) : null
        }
      />
      <CardBody className="flex flex-col gap-3">
        {plan ? (
          <>
            <div className="grid gap-3 sm:grid-cols-3">
              <StatTile
                label="Memories with a text"
                value={`${about}${formatCount(plan.memories)}`}
                hint={plan.isExact ? "counted" : `reckoned from ${formatCount(plan.sample.memories)}`}
              />
              <StatTile
                label="Time to embed"
                value={`about ${formatDuration(plan.embedMs)}`}
                hint={`${formatCount(plan.sample.texts)} texts took ${formatCount(plan.sample.embedMs)} ms; rests for others come on top`}
              />
              <StatTile
                label="Tokens"
                value={`about ${formatCount(plan.tokens)}`}
                hint={
                  plan.provider === "bundled"
                    ? "computed here: they cost nothing"
                    : `an estimate: four characters a token of ${formatCount(plan.characters)}; your provider's price counts`
                }
              />
            </div>
            {plan.cut > 0 ? (
              <p className="text-xs text-fg-muted">
                {about}
                {formatCount(plan.cut)} texts are longer than what is embedded of one.
              </p>
            ) : null}
            {plan.untold > 0 ? (
              <p className="text-xs text-warn-fg">
                {about}
                {formatCount(plan.untold)} texts are in a script that the bundled model cannot tell apart:
                found by words only.
              </p>
            ) : null}
          </>
        ) : (
          <p className="text-sm text-fg-muted">
            Embeds up to 64 texts with <bdi className="font-mono">{model}</bdi> and reckons from them.
          </p>
        )}
        <Failure error={measure.error} />
      </CardBody>
    </Card>
  );
}
