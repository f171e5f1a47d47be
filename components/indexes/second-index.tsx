"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/code";
import { PageLink } from "@/components/ui/page-link";
import { formatCount } from "@/lib/format";
import { memoryVector } from "@/lib/redis/indexes/rules";
import { indexesQuery } from "./queries";
import { type ReEmbedPlace, reEmbedHref } from "./re-embed-address";

const CreateIndex = dynamic(() => import("./create-index").then((file) => file.CreateIndex), { ssr: false });

/** The index for the other model, on its own field, while the old one serves. */
export function SecondIndex({ place, canEdit }: { place: ReEmbedPlace; canEdit: boolean }) {
  const { data: state } = useQuery(indexesQuery());
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const model = state?.models.find((one) => one.model === place.model);
  const from = state?.indexes.find(({ name }) => name === place.from);
  if (!state || !model || !from) return null;
  const oldField = memoryVector(from.fields)?.identifier;
  // Into the field that the old index reads nothing may be written: it would be the end of the old one.
  const field = model.field === oldField ? `${model.field}_2` : model.field;
  const fitting = state.indexes.filter((index) => {
    const vector = memoryVector(index.fields);
    const isApart = index.name !== from.name && vector?.identifier !== oldField;
    return isApart && index.coverage !== "none" && index.model.name === model.model;
  });
  return (
    <Card aria-labelledby="second-index">
      <CardHeader
        id="second-index"
        title="3 · An index for it"
        actions={
          canEdit ? (
            <Button
              size="sm"
              variant={fitting.length === 0 ? "primary" : "secondary"}
              icon={<Plus />}
              onClick={() => setOpen(true)}
            >
              Create it
            </Button>
          ) : null
        }
      />
      <CardBody className="text-sm">
        {fitting.length === 0 ? (
          <p className="text-fg-muted">
            A second index over the same memories, on the field <Mono className="text-fg">{field}</Mono>.
            Recall goes on by <Mono className="text-fg">{from.name}</Mono> until you switch.
          </p>
        ) : (
          <ul className="flex flex-col gap-2">
            {fitting.map(({ name, documents }) => (
              <li key={name} className="flex flex-wrap items-center gap-2">
                {name === place.to ? <CircleCheck aria-hidden className="size-4 text-ok-fg" /> : null}
                <Mono>{name}</Mono>
                <span className="text-fg-muted">{formatCount(documents)} documents</span>
                {name === place.to ? (
                  <span className="text-fg-muted">is filled below</span>
                ) : (
                  <PageLink className="underline" href={reEmbedHref({ ...place, to: name })}>
                    Take this one
                  </PageLink>
                )}
              </li>
            ))}
          </ul>
        )}
      </CardBody>
      {open ? (
        <CreateIndex
          state={state}
          open
          onOpenChange={setOpen}
          first={{ name: from.name, form: "safer", model: { ...model, field } }}
          onCreated={(to) => router.replace(reEmbedHref({ ...place, to }))}
        />
      ) : null}
    </Card>
  );
}
