"use client";

import { useState } from "react";
import { Failure } from "@/components/query/failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { IndexDto, ModelDto } from "@/lib/redis/indexes/types";
import { ModelSelect } from "./model-select";
import { useBindModel } from "./mutations";

export type BindModelProps = { index: IndexDto; models: ModelDto[]; onClose: () => void };

/** Somebody knows better than a guess. */
export function BindModel({ index, models, onClose }: BindModelProps) {
  const [model, setModel] = useState(index.model.by === "bound" ? index.model.name : null);
  const bind = useBindModel();
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
        <Failure error={bind.error} />
      </div>
    </Dialog>
  );
}
