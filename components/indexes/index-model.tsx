"use client";

import { useState } from "react";
import { describeError } from "@/components/query/console-error";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/code";
import { Dialog } from "@/components/ui/dialog";
import type { IndexDto, ModelDto } from "@/lib/redis/indexes/types";
import { misfitOf } from "./model-fit";
import { ModelSelect } from "./model-select";
import { useBindModel } from "./mutations";

export type IndexModelProps = { index: IndexDto; models: ModelDto[]; canEdit: boolean };

/** Whose vectors the index holds, and whether the console can make such ones. */
export function IndexModel({ index, models, canEdit }: IndexModelProps) {
  const [open, setOpen] = useState(false);
  const { name, by } = index.model;
  const misfit = misfitOf(index, models);
  const say = canEdit ? (
    <Button size="sm" onClick={() => setOpen(true)}>
      {by === "bound" ? "Change" : "Say which"}
    </Button>
  ) : undefined;
  return (
    <div className="border-b px-4 py-3 text-sm">
      {misfit ? (
        <Callout tone="warn" title={misfit.title} action={say}>
          {misfit.body}
        </Callout>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-fg-muted">Vectors of</span>
          <Mono>{name}</Mono>
          {by === "guess" ? (
            <Badge data-tip="Nobody said so: it is the configured model whose vectors have the index's length.">
              a guess
            </Badge>
          ) : null}
          <span className="ml-auto">{say}</span>
        </div>
      )}
      {open ? <BindModel index={index} models={models} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function BindModel({ index, models, onClose }: Omit<IndexModelProps, "canEdit"> & { onClose: () => void }) {
  const [model, setModel] = useState(index.model.by === "bound" ? index.model.name : null);
  const bind = useBindModel();
  const failure = bind.isError ? describeError(bind.error) : null;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Whose vectors are in ${index.name}?`}
      description="Only the console's own note changes: no memory, and nothing in Redis."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={bind.isPending}
            onClick={() => bind.mutate({ name: index.name, model }, { onSuccess: onClose })}
          >
            Keep this
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <ModelSelect models={models} value={model} onChange={setModel} />
        {failure ? (
          <Callout tone="danger" title={failure.message}>
            {failure.hint}
          </Callout>
        ) : null}
      </div>
    </Dialog>
  );
}
