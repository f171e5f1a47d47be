"use client";

import clsx from "clsx";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast-store";
import type { ListedSession } from "@/lib/redis/sign-in/listed-session";
import { agentWords } from "./agent-words";

const VIA = { password: "by password", oidc: "by your organisation", demo: "in the demo" };

export type SignedInRowProps = {
  session: ListedSession;
  isEnding: boolean;
  onEnd: (answers: { onSuccess: () => void; onError: (error: Error) => void }) => void;
  className?: string;
};

/** A browser somebody is signed in with, and the way to end that. */
export function SignedInRow({ session, isEnding, onEnd, className }: SignedInRowProps) {
  const { agent, current, createdAtMs, via, lastSeenAtMs } = session;
  const end = () =>
    onEnd({
      onSuccess: () => toast.success("That session has ended"),
      onError: (error) => toast.error("It was not ended", { description: error.message }),
    });
  return (
    <li className={clsx("flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 text-sm", className)}>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {agentWords(agent)}
          {current ? <Badge tone="ok">this browser</Badge> : null}
        </p>
        <p className="text-xs text-fg-muted">
          Signed in <TimeAgo ms={createdAtMs} /> {VIA[via]} · seen <TimeAgo ms={lastSeenAtMs} />
        </p>
      </div>
      {current ? null : (
        <Button size="sm" pending={isEnding} onClick={end}>
          Sign out there
        </Button>
      )}
    </li>
  );
}
