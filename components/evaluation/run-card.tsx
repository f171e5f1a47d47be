"use client";

import { Play, Plus, X } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/components/query/failure";
import { JobProgress } from "@/components/query/job-progress";
import { Button, IconButton } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { type NamedSettings, SETTINGS_MAX, USUAL_SETTINGS } from "@/lib/redis/evaluation/rules";
import type { SetDetail } from "@/lib/redis/evaluation/types";
import { useOrderRun, useStartRun } from "./mutations";
import { SettingsDialog } from "./settings-dialog";
import { settingsWords } from "./words";

export type RunCardProps = { detail: SetDetail; canEdit: boolean };

/** Which settings to compare, and the run under way. */
export function RunCard({ detail, canEdit }: RunCardProps) {
  const { job } = detail;
  const order = useOrderRun(detail.id);
  const going = job?.status === "running" || job?.status === "paused";
  const orders = canEdit
    ? {
        onPause: () => order.mutate("pause"),
        onResume: () => order.mutate("resume"),
        onCancel: () => order.mutate("cancel"),
      }
    : {};
  return (
    <Card>
      <CardHeader
        icon={<Play aria-hidden />}
        title="Run"
        description="every question with every setting, to the tenth place"
      />
      <CardBody className="flex flex-col gap-4">
        {job && job.status !== "done" ? (
          <JobProgress job={job} label="The run" noun="searches" pending={order.isPending} {...orders}>
            {going ? (
              <div className="grid gap-3 sm:grid-cols-3">
                {job.state?.settings.map(({ name, done }) => (
                  <Progress key={name} label={name} value={done} max={job.state?.questions ?? 0} />
                ))}
              </div>
            ) : null}
          </JobProgress>
        ) : null}
        <Failure error={order.error} />
        {going ? null : canEdit ? (
          <Choice detail={detail} />
        ) : (
          <p className="text-sm text-fg-muted">A developer or an administrator can run this set.</p>
        )}
      </CardBody>
    </Card>
  );
}

function Choice({ detail }: { detail: SetDetail }) {
  const [known, setKnown] = useState<readonly NamedSettings[]>(USUAL_SETTINGS);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [adding, setAdding] = useState(false);
  const start = useStartRun(detail.id);
  const chosen = known.filter(({ name }) => !left.has(name));
  const usual = new Set(USUAL_SETTINGS.map(({ name }) => name));
  function toggle(name: string, checked: boolean) {
    const next = new Set(left);
    if (checked) next.delete(name);
    else next.add(name);
    setLeft(next);
  }
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 text-xs font-medium text-fg-muted">Settings to compare</legend>
        {known.map(({ name, settings }) => (
          <div key={name} className="flex items-start gap-2">
            <Checkbox
              label={name}
              hint={settingsWords(settings)}
              checked={!left.has(name)}
              onChange={(event) => toggle(name, event.target.checked)}
              className="flex-1"
            />
            {usual.has(name) ? null : (
              <IconButton
                size="sm"
                label={`Take ${name} away`}
                onClick={() => setKnown(known.filter((one) => one.name !== name))}
              >
                <X />
              </IconButton>
            )}
          </div>
        ))}
      </fieldset>
      <Failure error={start.error} />
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          icon={<Play />}
          pending={start.isPending}
          disabled={chosen.length === 0 || detail.questions === 0}
          onClick={() => start.mutate(chosen.map((one) => ({ ...one })))}
        >
          Run {chosen.length * detail.questions} searches
        </Button>
        <Button icon={<Plus />} disabled={known.length >= SETTINGS_MAX} onClick={() => setAdding(true)}>
          Another setting
        </Button>
      </div>
      <SettingsDialog
        open={adding}
        onOpenChange={setAdding}
        taken={known.map(({ name }) => name)}
        onAdd={(named) => setKnown([...known, named])}
      />
    </div>
  );
}
