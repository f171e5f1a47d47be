"use client";

import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/code";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { VectorFieldsDto } from "@/lib/redis/vector-doctor/types";
import { useCleanUpField } from "./mutations";
import { vectorFieldsQuery } from "./queries";
import { WorkProgress } from "./work-progress";

/** Vectors that no index reads any more, and taking them away. */
export function CleanUpCard({ canEdit }: { canEdit: boolean }) {
  const query = useQuery(vectorFieldsQuery());
  return (
    <Card aria-labelledby="clean-up">
      <CardHeader id="clean-up" title="6 · Clean up" description="A step of its own, when you are sure." />
      <QueryState
        query={query}
        skeleton={<SkeletonRows rows={2} columns={3} label="Loading the vector fields" />}
        errorTitle="The vector fields could not be read"
      >
        {(state) => <Fields state={state} canEdit={canEdit} />}
      </QueryState>
    </Card>
  );
}

function Fields({ state, canEdit }: { state: VectorFieldsDto; canEdit: boolean }) {
  const [field, setField] = useState<string | null>(null);
  const clean = useCleanUpField();
  const { engine, fields, cleanUp } = state;
  if (!engine) {
    return (
      <CardBody className="text-sm text-fg-muted">
        Without the Query Engine nobody can tell which vectors are read.
      </CardBody>
    );
  }
  const someRead = fields.some(({ indexes }) => indexes.length > 0);
  const isUnderWay = cleanUp?.status === "running" || cleanUp?.status === "paused";
  return (
    <>
      <Table caption="Fields that may hold vectors">
        <THead>
          <TR>
            <TH>Field</TH>
            <TH>Read by</TH>
            <TH align="right">{canEdit ? "Action" : ""}</TH>
          </TR>
        </THead>
        <TBody>
          {fields.map((one) => (
            <TR key={one.field}>
              <TD>
                <Mono>{one.field}</Mono>
              </TD>
              <TD label="Read by" className="text-fg-muted">
                {one.indexes.length > 0 ? one.indexes.join(", ") : "no index"}
              </TD>
              <TD align="right" className="max-sm:empty:hidden">
                {canEdit && someRead && one.indexes.length === 0 && !isUnderWay ? (
                  <Button size="sm" icon={<Trash2 />} onClick={() => setField(one.field)}>
                    Take away…
                  </Button>
                ) : null}
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
      {cleanUp ? (
        <CardBody className="border-t">
          <WorkProgress
            job={cleanUp}
            work="clean-up"
            index={null}
            label={`Taking ${cleanUp.state?.field ?? "vectors"} away`}
            canEdit={canEdit}
          />
        </CardBody>
      ) : null}
      {field === null ? null : (
        <ConfirmDialog
          open
          onOpenChange={(open) => (open ? undefined : setField(null))}
          danger
          title={`Take the field ${field} away`}
          requireText={field}
          confirmLabel="Take it from every memory"
          onConfirm={async () => {
            await clean.mutateAsync({ field, confirm: field });
          }}
          body="The vectors in it and the notes beside them go from every memory and cannot be had back but by embedding again. Text and all other fields stay. It stops by itself when an index begins to read the field."
        />
      )}
    </>
  );
}
