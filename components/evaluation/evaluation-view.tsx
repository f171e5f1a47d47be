"use client";

import { useQuery } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import type { ReactNode } from "react";
import { QueryState } from "@/components/query/query-state";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { EvaluationAddress } from "./address";
import { SetListSkeleton, SetSkeleton } from "./evaluation-skeleton";
import { NewSetButton } from "./new-set";
import { setsQuery } from "./queries";
import { SetList } from "./set-list";
import { SetView } from "./set-view";

export type EvaluationViewProps = { address: EvaluationAddress; canEdit: boolean };

/** Sets of questions at the left; what recall makes of one of them at the right. */
export function EvaluationView({ address, canEdit }: EvaluationViewProps) {
  const query = useQuery(setsQuery());
  return (
    <QueryState
      query={query}
      skeleton={
        <Columns list={<SetListSkeleton />}>
          <SetSkeleton />
        </Columns>
      }
      empty={{ when: ({ sets }) => sets.length === 0, show: <NoSets canEdit={canEdit} /> }}
      errorTitle="The sets of questions could not be read"
    >
      {({ sets }) => {
        const chosen = address.set ?? sets[0]!.id;
        return (
          <Columns list={<SetList sets={sets} chosen={chosen} canEdit={canEdit} />}>
            <SetView
              key={chosen}
              set={chosen}
              page={address.page}
              asking={address.asking}
              canEdit={canEdit}
            />
          </Columns>
        );
      }}
    </QueryState>
  );
}

function Columns({ list, children }: { list: ReactNode; children: ReactNode }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[260px_minmax(0,1fr)]">
      {list}
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
    </div>
  );
}

function NoSets({ canEdit }: { canEdit: boolean }) {
  return (
    <Card>
      <EmptyState
        icon={<FlaskConical />}
        title="No set of questions yet"
        body="A set holds questions as people ask them, each with the memories that should be found. Run it to see how well words, meaning and both find them, and again after every change."
        action={
          canEdit ? (
            <NewSetButton />
          ) : (
            <p className="text-xs text-fg-muted">A developer or an administrator can make one.</p>
          )
        }
      />
    </Card>
  );
}
