"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRightLeft, Undo2 } from "lucide-react";
import { Failure } from "@/components/query/failure";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/code";
import { useAdoptIndex, useSetAlias } from "./mutations";
import { indexesQuery } from "./queries";

export type SwitchCardProps = { from: string; to: string; canEdit: boolean };

/** One step there, and the same step back. */
export function SwitchCard({ from, to, canEdit }: SwitchCardProps) {
  const { data: state } = useQuery(indexesQuery());
  const adopt = useAdoptIndex();
  const alias = useSetAlias();
  if (!state) return null;
  const [old, made] = [from, to].map((name) => state.indexes.find((index) => index.name === name));
  if (!old || !made) return null;
  const isThere = state.active?.name === to;
  const [here, other] = isThere ? [made, old] : [old, made];
  const error = adopt.error ?? alias.error;
  const missing = old.documents - made.documents;
  return (
    <Card aria-labelledby="switch-index">
      <CardHeader
        id="switch-index"
        title="5 · Switch"
        actions={
          canEdit ? (
            <Button
              size="sm"
              variant={isThere ? "secondary" : "primary"}
              icon={isThere ? <Undo2 /> : <ArrowRightLeft />}
              pending={adopt.isPending}
              onClick={() => adopt.mutate(other.name)}
            >
              {isThere ? "Switch back" : "Use the new one"}
            </Button>
          ) : null
        }
      />
      <CardBody className="flex flex-col gap-3 text-sm">
        <p className="text-fg-muted">
          This console recalls by <Mono className="text-fg">{here.name}</Mono>. Both indexes stay; switching
          back is the same step the other way.
          {isThere
            ? " What is written from now on gets the new model's vector: before you switch back for good, let the doctor fill the old one's gaps."
            : " An assistant embeds its questions itself: give it the new model, its field and the new index's name at the same time."}
        </p>
        {here.uses.aliases.map((name) => (
          <p key={name} className="flex flex-wrap items-center gap-2">
            <span>
              The alias <Mono>{name}</Mono> leads to <Mono>{here.name}</Mono>.
            </span>
            {canEdit ? (
              <Button
                size="sm"
                pending={alias.isPending}
                onClick={() => alias.mutate({ alias: name, to: other.name, from: here.name })}
              >
                Turn it to {other.name}
              </Button>
            ) : null}
          </p>
        ))}
        {missing > 0 && !isThere ? (
          <Callout tone="warn" title={`The new one holds ${missing} fewer documents`}>
            Its card on the Index page says which it left out, and why.
          </Callout>
        ) : null}
        <Failure error={error} />
      </CardBody>
    </Card>
  );
}
