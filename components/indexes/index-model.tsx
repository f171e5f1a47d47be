"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/code";
import type { IndexDto, ModelDto } from "@/lib/redis/indexes/types";
import { misfitOf } from "./model-fit";

const BindModel = dynamic(() => import("./bind-model").then((file) => file.BindModel), { ssr: false });

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
