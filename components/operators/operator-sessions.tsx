"use client";

import { useQuery } from "@tanstack/react-query";
import { Laptop } from "lucide-react";
import { QueryState } from "@/components/query/query-state";
import { agentWords } from "@/components/shell/agent-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast-store";
import type { OperatorRow, OperatorSession } from "@/lib/redis/operators/schema";
import { useRevokeOperatorSession } from "./mutations";
import { operatorSessionsQuery } from "./queries";

export function OperatorSessions({ row, onClose }: { row: OperatorRow; onClose: () => void }) {
  const sessions = useQuery({ ...operatorSessionsQuery(row.id), refetchOnMount: "always" });
  return (
    <Sheet
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Where ${row.name} is signed in`}
      description="A browser that is signed out here notices it with its next click."
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

function Row({ operatorId, session }: { operatorId: string; session: OperatorSession }) {
  const revoke = useRevokeOperatorSession();
  const end = () =>
    revoke.mutate(
      { id: operatorId, digest: session.digest },
      {
        onSuccess: () => toast.success("That session has ended"),
        onError: (error) => toast.error("It was not ended", { description: error.message }),
      },
    );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3 text-sm">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {agentWords(session.agent)}
          {session.current ? <Badge tone="ok">this browser</Badge> : null}
        </p>
        <p className="text-xs text-fg-muted">
          Signed in <TimeAgo ms={session.createdAtMs} /> · seen <TimeAgo ms={session.lastSeenAtMs} />
        </p>
      </div>
      {session.current ? null : (
        <Button size="sm" pending={revoke.isPending} onClick={end}>
          Sign out there
        </Button>
      )}
    </li>
  );
}
