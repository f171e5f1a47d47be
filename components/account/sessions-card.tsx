"use client";

import { useQuery } from "@tanstack/react-query";
import { Laptop } from "lucide-react";
import { QueryState } from "@/components/query/query-state";
import { SignedInRow } from "@/components/shell/signed-in-row";
import { Card, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { ListedSession } from "@/lib/redis/sign-in/listed-session";
import { useRevokeSession } from "./mutations";
import { mySessionsQuery } from "./queries";

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

function Row({ row }: { row: ListedSession }) {
  const revoke = useRevokeSession();
  return (
    <SignedInRow
      session={row}
      isEnding={revoke.isPending}
      onEnd={(answers) => revoke.mutate(row.digest, answers)}
      className="px-4"
    />
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
