"use client";

import { useQuery } from "@tanstack/react-query";
import { Laptop } from "lucide-react";
import { QueryState } from "@/components/query/query-state";
import { agentWords } from "@/components/shell/agent-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast-store";
import type { MySession } from "@/lib/redis/account/schema";
import { useRevokeSession } from "./mutations";
import { mySessionsQuery } from "./queries";

const VIA = { password: "by password", oidc: "by your organisation", demo: "demo" };

/** Where one is signed in, with the way to end each. */
export function SessionsCard() {
  const sessions = useQuery({ ...mySessionsQuery(), refetchOnMount: true });
  return (
    <Card>
      <CardHeader title="Where you are signed in" icon={<Laptop />} />
      <QueryState query={sessions} skeleton={<Loading />}>
        {(rows) => (
          <ul className="divide-y">
            {rows.map((row) => (
              <Row key={row.digest} row={row} />
            ))}
          </ul>
        )}
      </QueryState>
    </Card>
  );
}

function Row({ row }: { row: MySession }) {
  const revoke = useRevokeSession();
  const end = () =>
    revoke.mutate(row.digest, {
      onSuccess: () => toast.success("That session has ended"),
      onError: (error) => toast.error("It was not ended", { description: error.message }),
    });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {agentWords(row.agent)}
          {row.current ? <Badge tone="ok">this browser</Badge> : null}
        </p>
        <p className="text-xs text-fg-muted">
          Signed in <TimeAgo ms={row.createdAtMs} /> {VIA[row.via]} · seen <TimeAgo ms={row.lastSeenAtMs} />
        </p>
      </div>
      {row.current ? null : (
        <Button size="sm" pending={revoke.isPending} onClick={end}>
          Sign out there
        </Button>
      )}
    </li>
  );
}

function Loading() {
  return (
    <div className="flex flex-col gap-3 p-4">
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-8 w-2/3" />
    </div>
  );
}
