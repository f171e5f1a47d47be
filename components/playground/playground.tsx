"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { QueryState } from "@/components/query/query-state";
import { Callout } from "@/components/ui/callout";
import type { RestoreResult } from "@/lib/redis/playground/types";
import { Begin } from "./begin";
import { ConfirmPerson } from "./confirm-person";
import { PlaygroundSkeleton } from "./playground-skeleton";
import { playgroundQuery } from "./queries";
import { RunView } from "./run-view";
import { restoredInWords } from "./words";

export type PlaygroundProps = {
  /** Reference of the person in the address. */
  user: string | null;
  /** The person's limits and memories, live: other features' cards. */
  aside: ReactNode;
};

/** First for whom; then the conversation with all that is behind it. */
export function Playground({ user, aside }: PlaygroundProps) {
  const query = useQuery(playgroundQuery(user));
  const router = useRouter();
  const [restored, setRestored] = useState<RestoreResult | null>(null);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {restored && user === null ? (
        <Callout tone="ok" title="It is as it was">
          {restoredInWords(restored)}
        </Callout>
      ) : null}
      <QueryState
        query={query}
        skeleton={<PlaygroundSkeleton running={user !== null} />}
        errorTitle="The playground could not be opened"
      >
        {(state) => {
          if (!state.person) return <Begin />;
          if (!state.run) return <ConfirmPerson person={state.person} masked={state.masked ?? false} />;
          return (
            <RunView
              key={`${state.run.userRef}${state.run.startedAtMs}`}
              state={state}
              run={state.run}
              aside={aside}
              onRestored={(result) => {
                setRestored(result);
                router.replace("/playground");
              }}
            />
          );
        }}
      </QueryState>
    </div>
  );
}
