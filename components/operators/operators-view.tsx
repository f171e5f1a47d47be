"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { Button } from "@/components/ui/button";
import { Card, CardFooter } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import type { OperatorRow } from "@/lib/redis/operators/schema";
import { AddOperator } from "./add-operator";
import { ChangeRole } from "./change-role";
import { ConfirmDisable, ConfirmSignOut } from "./confirmations";
import type { Deed } from "./deed";
import { OperatorSessions } from "./operator-sessions";
import { OperatorsSkeleton } from "./operators-skeleton";
import { OperatorsTable } from "./operators-table";
import { operatorsQuery } from "./queries";
import { ResetPassword } from "./reset-password";

export function OperatorsView() {
  const operators = useQuery({ ...operatorsQuery(), refetchOnMount: true });
  const [adding, setAdding] = useState(false);
  const [doing, setDoing] = useState<{ deed: Deed; id: string } | null>(null);
  // Looked up anew: what a dialog shows is what the list says now.
  const row = operators.data?.find(({ id }) => id === doing?.id);
  return (
    <>
      <PageHeader
        title="Operators"
        description="Who may sign in to this console, and as what. A change counts from the operator’s next click on."
        actions={
          <Button variant="primary" icon={<UserPlus />} onClick={() => setAdding(true)}>
            Add an operator
          </Button>
        }
      />
      <Card>
        <QueryState query={operators} skeleton={<OperatorsSkeleton />}>
          {(rows) => (
            <>
              <OperatorsTable rows={rows} onDeed={(deed, id) => setDoing({ deed, id })} />
              <Foot rows={rows} />
            </>
          )}
        </QueryState>
      </Card>
      {adding ? <AddOperator onClose={() => setAdding(false)} /> : null}
      {doing && row ? <Doing deed={doing.deed} row={row} onClose={() => setDoing(null)} /> : null}
    </>
  );
}

function Doing({ deed, row, onClose }: { deed: Deed; row: OperatorRow; onClose: () => void }) {
  if (deed === "role") return <ChangeRole row={row} onClose={onClose} />;
  if (deed === "disable") return <ConfirmDisable row={row} onClose={onClose} />;
  if (deed === "password") return <ResetPassword row={row} onClose={onClose} />;
  if (deed === "sign-out") return <ConfirmSignOut row={row} onClose={onClose} />;
  return <OperatorSessions row={row} onClose={onClose} />;
}

function Foot({ rows }: { rows: OperatorRow[] }) {
  return (
    <CardFooter>
      {rows.some(({ via }) => via === "oidc")
        ? "The role of those your organisation signs in comes from their groups, anew at every sign-in. "
        : null}
      Operators are disabled, never deleted: the audit log speaks of them.
    </CardFooter>
  );
}
