"use client";

import { useQuery } from "@tanstack/react-query";
import { Laptop } from "lucide-react";
import { QueryState } from "@/components/query/query-state";
import { SignedInRow } from "@/components/shell/signed-in-row";
import { EmptyState } from "@/components/ui/empty-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import type { OperatorRow } from "@/lib/redis/operators/schema";
import type { ListedSession } from "@/lib/redis/sign-in/listed-session";
import { useRevokeOperatorSession } from "./mutations";
import { operatorSessionsQuery } from "./queries";

export function OperatorSessions({ row, onClose }: { row: OperatorRow; onClose: () => void }) {
  const sessions = useQuery({ ...operatorSessionsQuery(row.id), refetchOnMount: "always" });
  return (
    <Sheet
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Where ${row.name} is signed in`}
      description="A browser that is signed out here asks for a new sign-in at once."
    >
      <QueryState
        query={sessions}
        skeleton={<Skeleton className="m-4 h-20" />}
        empty={{
          when: (list) => list.length === 0,
          show: (
            <EmptyState
              icon={<Laptop />}
              title="Signed in nowhere"
              body="Sessions end by themselves when idle."
            />
          ),
        }}
      >
        {(list) => (
          <ul className="divide-y">
            {list.map((session) => (
              <Row key={session.digest} operatorId={row.id} session={session} />
            ))}
          </ul>
        )}
      </QueryState>
    </Sheet>
  );
}

function Row({ operatorId, session }: { operatorId: string; session: ListedSession }) {
  const revoke = useRevokeOperatorSession();
  return (
    <SignedInRow
      session={session}
      isEnding={revoke.isPending}
      onEnd={(answers) => revoke.mutate({ id: operatorId, digest: session.digest }, answers)}
    />
  );
}
